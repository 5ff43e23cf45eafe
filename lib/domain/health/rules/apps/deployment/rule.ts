import { numberAt, valueAt } from '../../../../resource/json.ts';
import {
  conditionOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  isStale,
  ofTotal,
  progressing,
} from '../../rule.ts';

/** Healthy when every wanted replica is of the newest template and available. */
export const deploymentHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'paused') === true) return { status: 'Suspended', message: 'Rollout is paused' };
  if (isStale(manifest)) return progressing('Waiting for the controller to see the newest spec');
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const total = numberAt(manifest, ['status', 'replicas']);
  const updated = numberAt(manifest, ['status', 'updatedReplicas']);
  const available = numberAt(manifest, ['status', 'availableReplicas']);
  const rollout = conditionOf(manifest, 'Progressing');
  const words = `${ofTotal(updated, wanted, 'replica')} updated, ${available} available`;
  if (rollout?.reason === 'ProgressDeadlineExceeded') return degraded(`Rollout is stuck: ${words}`);
  const failure = conditionOf(manifest, 'ReplicaFailure');
  if (failure?.status === 'True')
    return degraded(`Replicas cannot be created: ${conditionText(failure, 'no reason given')}`);
  if (updated < wanted) return progressing(`${ofTotal(updated, wanted, 'replica')} updated`);
  if (total > updated)
    return progressing(`${total - updated} old ${total - updated === 1 ? 'replica' : 'replicas'} still to stop`);
  if (available < updated) return progressing(`${ofTotal(available, updated, 'replica')} available`);
  return HEALTHY;
};
