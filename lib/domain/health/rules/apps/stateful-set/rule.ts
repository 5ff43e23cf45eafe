import { numberAt, textAt, valueAt } from '../../../../resource/json.ts';
import { HEALTHY, type HealthRule, isStale, ofTotal, progressing } from '../../rule.ts';

/** Healthy when every replica is ready and, unless updates wait for a deletion or a partition, of the newest revision. */
export const statefulSetHealth: HealthRule = (manifest) => {
  if (numberAt(manifest, ['status', 'observedGeneration']) === 0 || isStale(manifest)) {
    return progressing('Waiting for the controller to see the newest spec');
  }
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const ready = numberAt(manifest, ['status', 'readyReplicas']);
  if (ready < wanted) return progressing(`${ofTotal(ready, wanted, 'replica')} ready`);
  if (textAt(manifest, 'spec', 'updateStrategy', 'type') === 'OnDelete') return HEALTHY;
  const updated = numberAt(manifest, ['status', 'updatedReplicas']);
  if (valueAt(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') !== undefined) {
    const due = wanted - numberAt(manifest, ['spec', 'updateStrategy', 'rollingUpdate', 'partition']);
    return updated < due ? progressing(`${ofTotal(updated, due, 'replica')} of the partition updated`) : HEALTHY;
  }
  const [current, newest] = [
    textAt(manifest, 'status', 'currentRevision'),
    textAt(manifest, 'status', 'updateRevision'),
  ];
  return current === newest ? HEALTHY : progressing(`${ofTotal(updated, wanted, 'replica')} updated`);
};
