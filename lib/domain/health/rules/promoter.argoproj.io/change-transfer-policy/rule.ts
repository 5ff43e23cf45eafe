import { objectAt, textAt } from '../../../../resource/json.ts';
import { type HealthRule, HEALTHY } from '../../rule.ts';
import { promoterHealth, promotionOf } from '../shared.ts';

/** One environment of a strategy. */
export const changeTransferPolicyHealth: HealthRule = (manifest) => {
  const health = promoterHealth(manifest);
  if (health.status !== 'Healthy') return health;
  return promotionOf(objectAt(manifest, 'status'), textAt(manifest, 'spec', 'activeBranch') || 'its branch') ?? HEALTHY;
};
