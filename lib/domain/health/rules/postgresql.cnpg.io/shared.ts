import { textAt, valueAt } from '../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

/** Databases, publications and subscriptions: `applied` says whether PostgreSQL took the newest spec, `message` why not. */
export const cnpgAppliedHealth: HealthRule = (manifest) => {
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const applied = valueAt(manifest, 'status', 'applied');
  const message = textAt(manifest, 'status', 'message');
  if (applied === true) return HEALTHY;
  return applied === false ? degraded(message || 'PostgreSQL did not take it') : progressing(message || UNTOLD);
};
