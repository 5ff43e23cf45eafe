import { textAt, valueAt } from '../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

/**
 * Databases, publications and subscriptions: `applied` says whether PostgreSQL took the newest spec, `message` why not. A refused
 * spec never becomes the observed generation, so unlike Argo CD the refusal is told whatever generation was seen.
 */
export const cnpgAppliedHealth: HealthRule = (manifest) => {
  const applied = valueAt(manifest, 'status', 'applied');
  const message = textAt(manifest, 'status', 'message');
  if (applied === false) return degraded(message || 'PostgreSQL did not take it');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  return applied === true ? HEALTHY : progressing(message || UNTOLD);
};
