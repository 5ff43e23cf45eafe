import { byConditions } from '../../patterns.ts';
import { conditionOf, conditionText, type HealthRule } from '../../rule.ts';

const byReady = byConditions({ ready: ['Ready'] });

/** `NodeRegistrationHealthy` is no part of `Ready` (Karpenter's conditions): the pool works, but its newest nodes did not join. */
export const nodePoolHealth: HealthRule = (manifest) => {
  const health = byReady(manifest);
  const registration = conditionOf(manifest, 'NodeRegistrationHealthy');
  if (health.status !== 'Healthy' || registration?.status !== 'False') return health;
  return { status: 'Healthy', message: `New nodes do not join: ${conditionText(registration, 'no reason given')}` };
};
