import { listAt, textAt, valueAt } from '../../../../resource/json.ts';
import { degraded, HEALTHY, type HealthRule } from '../../rule.ts';

/**
 * Suspended when asked to be; degraded when the last run that is over did not succeed. A schedule that never ran is well; one
 * that ran and never succeeded is not, which Argo CD leaves open.
 */
export const cronJobHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'suspend') === true) return { status: 'Suspended', message: 'Schedule is suspended' };
  const scheduled = textAt(manifest, 'status', 'lastScheduleTime');
  const succeeded = textAt(manifest, 'status', 'lastSuccessfulTime');
  if (scheduled === '' || listAt(manifest, 'status', 'active').length > 0) return HEALTHY;
  if (succeeded === '' || Date.parse(succeeded) < Date.parse(scheduled))
    return degraded(`The run of ${scheduled} did not succeed`);
  return HEALTHY;
};
