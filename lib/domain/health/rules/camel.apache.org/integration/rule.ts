import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Not ready is a failure only once it runs or ended in error: Argo CD calls it Degraded while its kit is still being built. */
export const camelIntegrationHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  const ready = conditionOf(manifest, 'Ready');
  if (ready?.status === 'True') return HEALTHY;
  const words = ready ? conditionText(ready, `Integration is in phase ${phase}`) : '';
  if (phase === 'Error' || (phase === 'Running' && ready?.status === 'False'))
    return degraded(words || 'Integration failed');
  return progressing(words || phase || UNTOLD);
};
