import { listAt, textAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { isPaused, terminalFailure } from '../../cluster.x-k8s.io/shared.ts';

/** EKS updates in place while `Ready` stays True, so the condition that tells of the update comes first (Cluster API for AWS). */
export const awsManagedControlPlaneHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Control plane is paused');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const terminal = terminalFailure(manifest);
  if (terminal) return degraded(terminal);
  if (conditionOf(manifest, 'EKSControlPlaneUpdating')?.status === 'True')
    return progressing('EKS updates the control plane');
  if (conditionOf(manifest, 'Ready')?.status === 'True') return HEALTHY;
  const failure = listAt(manifest, 'status', 'conditions').find(
    (one) => textAt(one, 'status') === 'False' && textAt(one, 'severity') === 'Error',
  );
  if (failure) return degraded(textAt(failure, 'message') || textAt(failure, 'reason') || 'Control plane failed');
  const ready = conditionOf(manifest, 'Ready');
  return progressing(ready ? conditionText(ready, 'Control plane is not ready yet') : UNTOLD);
};
