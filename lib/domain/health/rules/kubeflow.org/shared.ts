import { valueAt } from '../../../resource/json.ts';
import { UNTOLD } from '../patterns.ts';
import { conditionsOf, conditionText, degraded, type HealthRule, progressing, suspended } from '../rule.ts';

/** Training jobs of every framework share their conditions; a job under way is on its way, as a Job of Kubernetes is. */
export const trainingJobHealth: HealthRule = (manifest) => {
  const is = (type: string) => conditionsOf(manifest).find((one) => one.type === type && one.status === 'True');
  const failed = is('Failed');
  if (failed) return degraded(conditionText(failed, 'Training failed'));
  if (is('Succeeded')) return { status: 'Healthy', message: 'Succeeded' };
  if (is('Suspended') || valueAt(manifest, 'spec', 'runPolicy', 'suspend') === true)
    return suspended('Job is suspended');
  const current = is('Restarting') ?? is('Running') ?? is('Created');
  return progressing(current ? conditionText(current, current.type) : UNTOLD);
};
