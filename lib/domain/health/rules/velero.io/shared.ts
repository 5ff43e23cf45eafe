import { listAt, textAt, numberAt } from '../../../resource/json.ts';
import type { Manifest } from '../../../resource/manifest.ts';
import { UNTOLD } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

const FAILED = ['FailedValidation', 'Failed', 'PartiallyFailed'];
/** Still at work, but a part has failed already and nothing will mend it. */
const FAILING = ['WaitingForPluginOperationsPartiallyFailed', 'FinalizingPartiallyFailed'];

/** Backups and restores share Velero's phases; why one failed stands in two places. */
export const veleroRunHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  if (phase === 'Completed') return HEALTHY;
  if (FAILED.includes(phase) || FAILING.includes(phase)) return degraded(whyFailed(manifest, phase));
  return progressing(phase || UNTOLD);
};

/** The reason, what the validation found, or how many errors the log holds. */
export function whyFailed(manifest: Manifest, phase: string): string {
  const found = listAt(manifest, 'status', 'validationErrors').filter((one) => typeof one === 'string');
  const errors = numberAt(manifest, ['status', 'errors']);
  const counted = errors > 0 ? `${phase}, ${errors} ${errors === 1 ? 'error' : 'errors'} in its log` : phase;
  return textAt(manifest, 'status', 'failureReason') || found.join('; ') || counted;
}
