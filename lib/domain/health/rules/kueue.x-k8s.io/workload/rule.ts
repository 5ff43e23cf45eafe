import { valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Its task is to get its job admitted: admitted is well, whatever the job does then; how the job ended stands in a reason. */
export const kueueWorkloadHealth: HealthRule = (manifest) => {
  const finished = conditionOf(manifest, 'Finished');
  if (finished?.status === 'True') {
    const failed = finished.reason === 'Failed' || finished.reason === 'OutOfSync';
    return failed ? degraded(conditionText(finished, 'Workload failed')) : { status: 'Healthy', message: 'Finished' };
  }
  if (valueAt(manifest, 'spec', 'active') === false) {
    const evicted = conditionOf(manifest, 'Evicted');
    return suspended(
      evicted?.status === 'True' ? conditionText(evicted, 'Workload is deactivated') : 'Workload is deactivated',
    );
  }
  if (conditionOf(manifest, 'Admitted')?.status === 'True') return HEALTHY;
  const evicted = conditionOf(manifest, 'Evicted');
  if (evicted?.status === 'True') return progressing(`Evicted: ${conditionText(evicted, 'no reason given')}`);
  const quota = conditionOf(manifest, 'QuotaReserved');
  if (quota?.status === 'False') return progressing(conditionText(quota, 'Waiting for quota'));
  return progressing(quota ? 'Quota is reserved, checks are pending' : UNTOLD);
};
