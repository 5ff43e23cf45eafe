import { isObject, listAt, textAt } from '../../../../resource/json.ts';
import { isUnseen } from '../../patterns.ts';
import { type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/**
 * It is in force from the first moment, so no status is no trouble. status.typeChecking holds what the type check of its CEL
 * expressions warns of: such an expression may fail when it is asked.
 */
export const validatingAdmissionPolicyHealth: HealthRule = (manifest) => {
  if (isUnseen(manifest)) return progressing('Waiting for the controller to see the newest spec');
  const [first, ...more] = listAt(manifest, 'status', 'typeChecking', 'expressionWarnings').filter(isObject);
  if (first === undefined) return HEALTHY;
  const words = textAt(first, 'warning').trim().split('\n')[0] ?? '';
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return { status: 'Healthy', message: `Type check warns: ${textAt(first, 'fieldRef')}: ${words}${rest}` };
};
