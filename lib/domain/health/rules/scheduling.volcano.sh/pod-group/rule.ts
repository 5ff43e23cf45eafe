import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Unknown means that some of its pods run and the others cannot be placed, so that none of them makes headway. */
export const volcanoPodGroupHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  if (phase === 'Running' || phase === 'Completed') return HEALTHY;
  const why = conditionOf(manifest, 'Unschedulable');
  const words = why?.status === 'True' ? conditionText(why, 'Pods cannot be placed') : '';
  if (phase === 'Unknown') return degraded(words || 'Only a part of its pods can be placed');
  return progressing(words || (phase ? `Pod group is ${phase.toLowerCase()}` : UNTOLD));
};
