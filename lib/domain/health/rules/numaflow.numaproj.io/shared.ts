import { objectAt, textAt, valueAt } from '../../../resource/json.ts';
import { UNTOLD, UNSEEN } from '../patterns.ts';
import {
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  isStale,
  progressing,
  suspended,
} from '../rule.ts';

const LABEL = 'numaplane.numaproj.io/progressive-result-state';

/**
 * Any condition that is False is trouble of a part, Failed that of the whole, and Numaplane labels an upgrade that failed. Unlike
 * Argo CD what a person paused is Suspended.
 */
export const numaflowHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  if (isStale(manifest)) return progressing(UNSEEN);
  const phase = textAt(manifest, 'status', 'phase');
  const message = textAt(manifest, 'status', 'message');
  if (phase === 'Failed') return degraded(message || 'Failed');
  const failed = conditionsOf(manifest).find(({ status }) => status === 'False');
  if (failed) return degraded(conditionText(failed, `${failed.type} is False`));
  if (objectAt(manifest, 'metadata', 'labels')[LABEL] === 'failed') return degraded('The progressive upgrade failed');
  if (phase === 'Paused') return suspended('Paused by a person');
  return phase === 'Running' ? HEALTHY : progressing(message || phase || UNTOLD);
};
