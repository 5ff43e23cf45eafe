import { numberAt } from '../../../../resource/json.ts';
import {
  conditionOf,
  conditionText,
  degraded,
  type HealthRule,
  HEALTHY,
  isStale,
  ofTotal,
  progressing,
} from '../../rule.ts';

/** As a ReplicaSet; Argo CD has no rule. */
export const replicationControllerHealth: HealthRule = (manifest) => {
  if (isStale(manifest)) return progressing('Waiting for the controller to see the newest spec');
  const failure = conditionOf(manifest, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return degraded(`Replicas cannot be created: ${conditionText(failure, 'no reason given')}`);
  }
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const available = numberAt(manifest, ['status', 'availableReplicas']);
  return available < wanted ? progressing(`${ofTotal(available, wanted, 'replica')} available`) : HEALTHY;
};
