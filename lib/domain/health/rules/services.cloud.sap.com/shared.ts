import { listAt, numberAt } from '../../../resource/json.ts';
import { UNTOLD, UNSEEN } from '../patterns.ts';
import { conditionsOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

/** SAP BTP's service operator: `Failed` ends a request, `Succeeded` False is one under way or refused; the condition holds the generation. */
export const sapServiceHealth: HealthRule = (manifest) => {
  const generation = manifest.metadata.generation ?? 0;
  const told = listAt(manifest, 'status', 'conditions');
  if (told.length === 0) return progressing(UNTOLD);
  if (told.some((one) => numberAt(one, ['observedGeneration'], generation) !== generation)) return progressing(UNSEEN);
  const failed = conditionsOf(manifest).find(
    ({ type, status }) => (type === 'Failed' && status === 'True') || (type === 'Succeeded' && status === 'False'),
  );
  return failed ? degraded(conditionText(failed, 'Request failed')) : HEALTHY;
};
