import { isObject, listAt, textAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';
import { promoterHealth, promotionOf } from '../shared.ts';

/** Well when every environment runs the commit that is proposed to it; a check that fails holds it back and is named. */
export const promotionStrategyHealth: HealthRule = (manifest) => {
  const health = promoterHealth(manifest);
  if (health.status !== 'Healthy') return health;
  const environments = listAt(manifest, 'status', 'environments').filter(isObject);
  if (environments.length === 0) return degraded('It has no environment');
  const proposed = new Set(environments.map((one) => textAt(one, 'proposed', 'dry', 'sha')));
  const first = environments.map((one) => promotionOf(one, textAt(one, 'branch'))).find((one) => one !== null);
  if (first !== undefined) return first;
  return proposed.size > 1 ? progressing('Not every environment has the same commit proposed yet') : HEALTHY;
};
