import { objectAt, textAt } from '../../../resource/json.ts';
import { conditionsIn, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../rule.ts';

/** CEL policies keep their conditions in status.conditionStatus with one word, ready, about them all. */
export const celPolicyHealth: HealthRule = (manifest) => {
  const status = objectAt(manifest, 'status', 'conditionStatus');
  const conditions = conditionsIn(status);
  const generation = manifest.metadata.generation ?? 0;
  if (conditions.some(({ observedGeneration }) => observedGeneration !== null && observedGeneration < generation)) {
    return progressing('Waiting for the controller to see the newest spec');
  }
  if (status['ready'] === true) return HEALTHY;
  const failed = conditions.find((condition) => condition.status === 'False');
  if (failed !== undefined) return degraded(conditionText(failed, failed.type));
  if (conditions.length === 0 && status['ready'] === undefined)
    return progressing('The controller has not reported yet');
  return degraded(textAt(status, 'message') || 'The policy is not ready');
};
