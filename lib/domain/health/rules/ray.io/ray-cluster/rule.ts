import { textAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** `state` is the older summary, the conditions the newer; what both call suspended a person asked for. */
export const rayClusterHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  const is = (type: string) => conditionOf(manifest, type)?.status === 'True';
  if (state === 'suspended' || is('RayClusterSuspended')) return suspended('Cluster is suspended');
  if (is('RayClusterSuspending')) return progressing('Cluster is being suspended');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const failure = conditionOf(manifest, 'ReplicaFailure');
  if (failure?.status === 'True') return degraded(`Pods cannot be made: ${conditionText(failure, 'no reason given')}`);
  if (state === 'failed') return degraded(textAt(manifest, 'status', 'reason') || 'Cluster failed');
  const head = conditionOf(manifest, 'HeadPodReady');
  if (head && head.status !== 'True') return progressing(conditionText(head, 'Head pod is not ready yet'));
  const provisioned = conditionOf(manifest, 'RayClusterProvisioned');
  if (state === 'ready' || provisioned?.status === 'True') return HEALTHY;
  return progressing(provisioned ? conditionText(provisioned, 'Pods are being provisioned') : state || UNTOLD);
};
