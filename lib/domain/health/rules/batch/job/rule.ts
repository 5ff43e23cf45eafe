import { numberAt, valueAt } from '../../../../resource/json.ts';
import { conditionOf, conditionText, degraded, type HealthRule, ofTotal, progressing } from '../../rule.ts';

/** Healthy when complete, degraded when failed. */
export const jobHealth: HealthRule = (manifest) => {
  const failed = conditionOf(manifest, 'Failed');
  if (failed?.status === 'True') return degraded(`Job failed: ${conditionText(failed, 'no reason given')}`);
  if (conditionOf(manifest, 'Complete')?.status === 'True') return { status: 'Healthy', message: 'Completed' };
  if (conditionOf(manifest, 'Suspended')?.status === 'True' || valueAt(manifest, 'spec', 'suspend') === true) {
    return { status: 'Suspended', message: 'Job is suspended' };
  }
  const done = numberAt(manifest, ['status', 'succeeded']);
  return progressing(ofTotal(done, numberAt(manifest, ['spec', 'completions'], 1), 'completion'));
};
