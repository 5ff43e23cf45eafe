import { valueAt } from '../../../../resource/json.ts';
import { isUnseen } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/**
 * Available and Progressing both True is well. A rollout that failed says so by Progressing False, which Argo CD takes for
 * progress; a first one that only waits for its pods is progress here and Degraded there.
 */
export const deploymentConfigHealth: HealthRule = (manifest) => {
  if (isUnseen(manifest)) return progressing('Waiting for the controller to see the newest spec');
  if (valueAt(manifest, 'spec', 'paused') === true) return { status: 'Suspended', message: 'Rollout is paused' };
  const [available, rollout] = [conditionOf(manifest, 'Available'), conditionOf(manifest, 'Progressing')];
  if (available === undefined && rollout === undefined) return progressing('The controller has not reported yet');
  if (rollout?.status === 'False') return degraded(conditionText(rollout, 'The rollout failed'));
  if (available?.status === 'True' && rollout?.status === 'True') return HEALTHY;
  const waiting = available?.status === 'True' ? rollout : available;
  const words = waiting ? conditionText(waiting, 'Rolling out') : 'Rolling out';
  return available?.status === 'False' && rollout === undefined ? degraded(words) : progressing(words);
};
