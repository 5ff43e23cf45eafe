import { listAt, textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

const STEPS = ['GraphRevisionsResolved', 'GraphAccepted', 'KindReady', 'ControllerReady', 'Ready'];

/** The first step that is False tells why; a condition of an older generation does not count (kro writes one in each). */
export const resourceGraphDefinitionHealth: HealthRule = (manifest) => {
  const generation = manifest.metadata.generation ?? 0;
  const told = listAt(manifest, 'status', 'conditions').filter(
    (one) => numberAt(one, ['observedGeneration'], generation) === generation,
  );
  const step = (type: string) => told.find((one) => textAt(one, 'type') === type);
  if (textAt(step('Ready'), 'status') === 'True') return HEALTHY;
  const failed = STEPS.map(step).find((one) => textAt(one, 'status') === 'False');
  if (failed)
    return degraded(textAt(failed, 'message') || textAt(failed, 'reason') || `${textAt(failed, 'type')} is False`);
  return progressing(told.length === 0 && generation > 1 ? UNSEEN : UNTOLD);
};
