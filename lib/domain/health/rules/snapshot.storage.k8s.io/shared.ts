import { isObject, textAt, valueAt } from '../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../rule.ts';

/** Ready once the storage says so; an error is told until a later try succeeds. */
export const snapshotHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status', 'readyToUse') === true) return HEALTHY;
  const error = valueAt(manifest, 'status', 'error');
  if (isObject(error)) return degraded(textAt(error, 'message') || 'The snapshot failed');
  return progressing('Waiting for the storage to finish the snapshot');
};
