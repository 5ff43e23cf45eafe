import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { flinkError } from '../shared.ts';

/** A job in a session cluster: Flink's own job states, and the operator's error before there is a job. */
export const flinkSessionJobHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'jobStatus', 'state');
  if (state === 'RUNNING' || state === 'FINISHED') return HEALTHY;
  if (state === 'SUSPENDED' || state === 'CANCELED') return suspended(`Job is ${state.toLowerCase()}`);
  if (state === 'FAILED') return degraded(flinkError(manifest, 'Job failed'));
  if (state === '' && textAt(manifest, 'status', 'error')) return degraded(flinkError(manifest, 'Job failed'));
  return progressing(state ? `Job is ${state.toLowerCase()}` : UNTOLD);
};
