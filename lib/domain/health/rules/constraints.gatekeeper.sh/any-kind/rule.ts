import { isObject, listAt, numberAt, textAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, progressing } from '../../rule.ts';

/**
 * Gatekeeper constraints (constraint framework, ConstraintPodStatus): each Gatekeeper pod says whether it enforces them.
 * Violations found by the audit are what it is there for, so they are told and are no failure.
 */
export const gatekeeperConstraintHealth: HealthRule = (manifest) => {
  const pods = listAt(manifest, 'status', 'byPod').filter(isObject);
  if (pods.length === 0) return progressing('No Gatekeeper pod enforces it yet');
  const error = pods.flatMap((pod) => listAt(pod, 'errors')).find(isObject);
  if (error !== undefined)
    return degraded(textAt(error, 'message') || textAt(error, 'code') || 'It cannot be enforced');
  const violations = numberAt(manifest, ['status', 'totalViolations']);
  const message = violations > 0 ? `${violations} ${violations === 1 ? 'violation' : 'violations'} found` : '';
  return { status: 'Healthy', message };
};
