import { numberAt, valueAt } from '../../../../resource/json.ts';
import { type HealthRule, HEALTHY, isStale, ofTotal, progressing } from '../../rule.ts';

/**
 * As a Deployment, with a partition that keeps some replicas old until a person lowers it (status.expectedUpdatedReplicas).
 * Replicas that are not available yet are progress; Argo CD calls that Degraded.
 */
export const cloneSetHealth: HealthRule = (manifest) => {
  if (isStale(manifest)) return progressing('Waiting for the controller to see the newest spec');
  if (valueAt(manifest, 'spec', 'updateStrategy', 'paused') === true) {
    return { status: 'Suspended', message: 'Rollout is paused' };
  }
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const updated = numberAt(manifest, ['status', 'updatedReplicas']);
  const due = numberAt(manifest, ['status', 'expectedUpdatedReplicas'], wanted);
  const available = numberAt(manifest, ['status', 'availableReplicas']);
  if (updated < due) return progressing(`${ofTotal(updated, due, 'replica')} updated`);
  if (available < wanted) return progressing(`${ofTotal(available, wanted, 'replica')} available`);
  return due < wanted && updated < wanted
    ? { status: 'Suspended', message: `${ofTotal(updated, wanted, 'replica')} updated, the partition keeps the others` }
    : HEALTHY;
};
