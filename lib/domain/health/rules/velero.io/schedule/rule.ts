import { textAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { whyFailed } from '../shared.ts';

export const veleroScheduleHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'paused') === true) return suspended('Schedule is paused');
  const phase = textAt(manifest, 'status', 'phase');
  if (phase === 'Enabled') return HEALTHY;
  return phase === 'FailedValidation' ? degraded(whyFailed(manifest, phase)) : progressing(phase || UNTOLD);
};
