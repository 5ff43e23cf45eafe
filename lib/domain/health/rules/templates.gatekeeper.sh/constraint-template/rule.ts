import { isObject, listAt, textAt, valueAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** status.created once its kind of constraints exists; every Gatekeeper pod tells its own errors. Argo CD has no rule. */
export const constraintTemplateHealth: HealthRule = (manifest) => {
  for (const pod of listAt(manifest, 'status', 'byPod').filter(isObject)) {
    const error = listAt(pod, 'errors').find(isObject);
    if (error !== undefined) return degraded(textAt(error, 'message') || textAt(error, 'code') || 'It has an error');
  }
  return valueAt(manifest, 'status', 'created') === true ? HEALTHY : progressing('The controller has not reported yet');
};
