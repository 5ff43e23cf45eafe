import { valueAt } from '../../../../resource/json.ts';
import { conditionsOf, conditionText, degraded, type HealthRule, progressing, suspended } from '../../rule.ts';

/** The second generation of training jobs: three conditions, each told only once it matters. */
export const trainJobHealth: HealthRule = (manifest) => {
  const is = (type: string) => conditionsOf(manifest).find((one) => one.type === type && one.status === 'True');
  const failed = is('Failed');
  if (failed) return degraded(conditionText(failed, 'Training failed'));
  if (is('Complete')) return { status: 'Healthy', message: 'Completed' };
  if (is('Suspended') || valueAt(manifest, 'spec', 'suspend') === true) return suspended('Job is suspended');
  return progressing('Training is running');
};
