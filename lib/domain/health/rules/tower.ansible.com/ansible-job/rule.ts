import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

const ENDED_BADLY = ['failed', 'error', 'canceled'];

/** The state of the job in the automation controller, and where to read its log. */
export const ansibleJobHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'ansibleJobResult', 'status');
  const url = textAt(manifest, 'status', 'ansibleJobResult', 'url');
  const words = `Job is ${state}${url ? `, see ${url}` : ''}`;
  if (state === 'successful') return HEALTHY;
  if (ENDED_BADLY.includes(state)) return degraded(words);
  return progressing(state ? words : UNTOLD);
};
