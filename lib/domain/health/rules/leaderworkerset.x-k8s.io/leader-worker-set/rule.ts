import { numberAt, valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionOf, conditionText, HEALTHY, type HealthRule, ofTotal, progressing } from '../../rule.ts';

/** Groups of pods instead of pods: as a Deployment, told by counts, and available is enough once nothing changes. */
export const leaderWorkerSetHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const updated = numberAt(manifest, ['status', 'updatedReplicas']);
  const ready = numberAt(manifest, ['status', 'readyReplicas']);
  if (updated < wanted) return progressing(`${ofTotal(updated, wanted, 'group')} updated`);
  if (ready < wanted) return progressing(`${ofTotal(ready, wanted, 'group')} ready`);
  const update = conditionOf(manifest, 'UpdateInProgress');
  return update?.status === 'True' ? progressing(conditionText(update, 'Update in progress')) : HEALTHY;
};
