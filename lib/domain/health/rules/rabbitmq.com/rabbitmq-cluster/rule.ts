import { numberAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** Order: what cannot be reconciled, scaled to nothing, the cluster itself, its replicas; Unknown is the time of forming. */
export const rabbitmqClusterHealth: HealthRule = (manifest) => {
  const failed = conditionOf(manifest, 'ReconcileSuccess');
  if (failed?.status === 'False') return degraded(conditionText(failed, 'Cannot be reconciled'));
  const replicas = conditionOf(manifest, 'AllReplicasReady');
  if (replicas?.reason === 'ScaledToZero' && numberAt(manifest, ['spec', 'replicas'], 1) === 0)
    return suspended('Cluster is scaled to nothing');
  const available = conditionOf(manifest, 'ClusterAvailable');
  if (available === undefined || replicas === undefined) return progressing(UNTOLD);
  if (available.status !== 'True') return progressing(conditionText(available, 'Cluster is not available yet'));
  return replicas.status === 'True' ? HEALTHY : progressing(conditionText(replicas, 'Not all replicas are ready yet'));
};
