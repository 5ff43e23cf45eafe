import { listAt, textAt, numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Kinds that teams define with kro share one group; the state tells a failure from work that goes on. */
export const kroInstanceHealth: HealthRule = (manifest) => {
  const generation = manifest.metadata.generation ?? 0;
  const told = listAt(manifest, 'status', 'conditions').filter(
    (one) => numberAt(one, ['observedGeneration'], generation) === generation,
  );
  const ready = told.find((one) => textAt(one, 'type') === 'Ready');
  if (textAt(ready, 'status') === 'True') return HEALTHY;
  const failed = told.find((one) => textAt(one, 'status') === 'False' && textAt(one, 'message') !== '');
  const words = textAt(failed, 'message') || textAt(ready, 'reason');
  const state = textAt(manifest, 'status', 'state');
  if (state === 'FAILED' || state === 'ERROR') return degraded(words || `Instance is ${state}`);
  return progressing(words || state || UNTOLD);
};
