import { listAt, textAt, numberAt } from '../../../../resource/json.ts';
import { byConditions, UNSEEN } from '../../patterns.ts';
import { conditionsOf, type HealthRule, progressing, suspended } from '../../rule.ts';

const byReady = byConditions({ ready: ['Ready'] });

/** A stop shows as a reason on its conditions; the generation seen stands in the condition. */
export const llmInferenceServiceHealth: HealthRule = (manifest) => {
  if (conditionsOf(manifest).some(({ reason }) => reason === 'Stopped')) return suspended('Service is stopped');
  const ready = listAt(manifest, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
  const generation = manifest.metadata.generation ?? 0;
  if (numberAt(ready, ['observedGeneration'], generation) < generation) return progressing(UNSEEN);
  return byReady(manifest);
};
