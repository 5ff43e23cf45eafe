import { textAt, valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

/** A step that waits for a person is Suspended; a rollout that was switched off in the middle leaves two versions running. */
export const kruiseRolloutHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const phase = textAt(manifest, 'status', 'phase');
  const step = textAt(manifest, 'status', 'canaryStatus', 'currentStepState');
  const message = textAt(manifest, 'status', 'message');
  if (phase === 'Healthy') return HEALTHY;
  if (step === 'StepPaused' && (phase === 'Terminating' || phase === 'Disabled'))
    return degraded('Rollout was switched off in the middle');
  if (phase === 'Disabled') return suspended('Rollout is disabled');
  if (step === 'StepPaused') return suspended('A step waits for approval');
  return progressing(message || phase || UNTOLD);
};
