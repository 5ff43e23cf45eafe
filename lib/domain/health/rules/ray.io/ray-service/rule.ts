import { textAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** No endpoint that serves is a failure, and so is a start that took too long; older versions only say Running. */
export const rayServiceHealth: HealthRule = (manifest) => {
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const ready = conditionOf(manifest, 'Ready');
  if (ready === undefined)
    return textAt(manifest, 'status', 'serviceStatus') === 'Running' ? HEALTHY : progressing(UNTOLD);
  const words = conditionText(ready, 'Service is not ready yet');
  const failed = ready.reason === 'InitializingTimeout' || ready.reason === 'ZeroServeEndpoints';
  if (ready.status !== 'True') return failed ? degraded(words) : progressing(words);
  const upgrade = conditionOf(manifest, 'UpgradeInProgress');
  return upgrade?.status === 'True' ? progressing(conditionText(upgrade, 'Upgrade in progress')) : HEALTHY;
};
