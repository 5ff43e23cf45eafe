import { listAt, textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/**
 * Azure Service Operator: `Ready` has a severity. Error means that the operator gave up until the spec changes; Warning and
 * Info are tried again (its guide on conditions). The generation seen stands in the condition.
 */
export const azureServiceOperatorHealth: HealthRule = (manifest) => {
  const ready = listAt(manifest, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
  if (ready === undefined) return progressing(UNTOLD);
  const seen = numberAt(ready, ['observedGeneration']);
  if (seen > 0 && seen < (manifest.metadata.generation ?? 0)) return progressing(UNSEEN);
  if (textAt(ready, 'status') === 'True') return HEALTHY;
  const message = textAt(ready, 'message') || textAt(ready, 'reason') || 'Not ready yet';
  return textAt(ready, 'severity') === 'Error' ? degraded(message) : progressing(message);
};
