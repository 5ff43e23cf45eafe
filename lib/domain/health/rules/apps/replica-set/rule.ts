import { numberAt } from '../../../../resource/json.ts';
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

/** Healthy when as many replicas are available as are wanted. */
export const replicaSetHealth: HealthRule = (manifest) => {
  if (isStale(manifest)) return progressing('Waiting for the controller to see the newest spec');
  const failure = conditionOf(manifest, 'ReplicaFailure');
  if (failure?.status === 'True')
    return degraded(`Replicas cannot be created: ${conditionText(failure, 'no reason given')}`);
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const available = numberAt(manifest, ['status', 'availableReplicas']);
  return available < wanted ? progressing(`${ofTotal(available, wanted, 'replica')} available`) : HEALTHY;
};
