import { textAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import {
  conditionOf,
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  progressing,
  suspended,
} from '../../rule.ts';

const MODEL_FAILED = ['BlockedByFailedLoad', 'InvalidSpec'];
/** Knative's word for a revision that will not start. */
const GIVEN_UP = ['RevisionFailed', 'RevisionMissing', 'ProgressDeadlineExceeded'];

/** `Ready` is False while pods start, so only the model's own failure or a revision that was given up is Degraded. */
export const inferenceServiceHealth: HealthRule = (manifest) => {
  if (conditionOf(manifest, 'Stopped')?.status === 'True') return suspended('Service is stopped');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const transition = textAt(manifest, 'status', 'modelStatus', 'transitionStatus');
  if (MODEL_FAILED.includes(transition)) {
    const why = textAt(manifest, 'status', 'modelStatus', 'lastFailureInfo', 'message');
    return degraded(why || `Model is ${transition}`);
  }
  const failed = conditionsOf(manifest).find(({ status, reason }) => status === 'False' && GIVEN_UP.includes(reason));
  if (failed) return degraded(`${failed.type}: ${conditionText(failed, 'failed')}`);
  const ready = conditionOf(manifest, 'Ready');
  if (ready?.status === 'True')
    return transition === 'InProgress' ? progressing('The new model is being loaded') : HEALTHY;
  return progressing(ready ? conditionText(ready, 'Service is not ready yet') : UNTOLD);
};
