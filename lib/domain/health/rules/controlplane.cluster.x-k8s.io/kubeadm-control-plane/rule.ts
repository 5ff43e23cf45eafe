import { valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { failureOf, isPaused, replicasOnTheirWay, terminalFailure } from '../../cluster.x-k8s.io/shared.ts';

/**
 * `Ready` of v1beta1 carries a severity; `Available` of v1beta2 is False from the start, so it is a failure only after the
 * control plane has been initialised once. Rollouts show in the counts.
 */
export const kubeadmControlPlaneHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Control plane is paused');
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  const initialized = valueAt(manifest, 'status', 'initialization', 'controlPlaneInitialized') === true;
  const failure =
    terminalFailure(manifest) ||
    failureOf(manifest, 'Ready') ||
    (initialized ? failureOf(manifest, 'Available') : undefined);
  if (failure) return degraded(failure);
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const waiting = replicasOnTheirWay(manifest);
  return waiting === '' ? HEALTHY : progressing(waiting);
};
