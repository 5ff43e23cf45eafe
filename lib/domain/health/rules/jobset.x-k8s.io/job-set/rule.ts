import { listAt, numberAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Like a Job, over many; `terminalState` repeats the condition that ended it. */
export const jobSetHealth: HealthRule = (manifest) => {
  const failed = conditionOf(manifest, 'Failed');
  if (failed?.status === 'True') return degraded(conditionText(failed, 'Job set failed'));
  if (conditionOf(manifest, 'Completed')?.status === 'True') return { status: 'Healthy', message: 'Completed' };
  if (conditionOf(manifest, 'Suspended')?.status === 'True' || valueAt(manifest, 'spec', 'suspend') === true)
    return suspended('Job set is suspended');
  const jobs = listAt(manifest, 'status', 'replicatedJobsStatus');
  const sum = (field: string) => jobs.reduce<number>((total, job) => total + numberAt(job, [field]), 0);
  if (jobs.length === 0) return progressing(UNTOLD);
  return progressing(`${sum('ready')} jobs ready, ${sum('succeeded')} succeeded`);
};
