import { listAt, textAt, numberAt, valueAt } from '../../../resource/json.ts';
import type { Manifest } from '../../../resource/manifest.ts';
import { conditionOf, ofTotal } from '../rule.ts';

/**
 * Paused by a person: the field of the spec, or the condition that the v1beta2 contract adds for the annotation and for a paused
 * owner.
 */
export function isPaused(manifest: Manifest): boolean {
  return valueAt(manifest, 'spec', 'paused') === true || conditionOf(manifest, 'Paused')?.status === 'True';
}

/**
 * The message of a condition that is False and means it. In v1beta1 severity Info marks work in progress; v1beta2 has no
 * severity.
 */
export function failureOf(manifest: Manifest, type: string): string | undefined {
  const found = listAt(manifest, 'status', 'conditions').find((one) => textAt(one, 'type') === type);
  if (textAt(found, 'status') !== 'False' || textAt(found, 'severity') === 'Info') return undefined;
  return textAt(found, 'message') || textAt(found, 'reason') || `${type} is False`;
}

/** Terminal trouble that the v1beta1 contract tells beside the conditions. */
export function terminalFailure(manifest: Manifest): string {
  return textAt(manifest, 'status', 'failureMessage') || textAt(manifest, 'status', 'failureReason');
}

/**
 * Replicas of machines as both contracts count them: `updatedReplicas` became `upToDateReplicas` in v1beta2, and a contract
 * that does not count one kind leaves it out.
 */
export function replicasOnTheirWay(manifest: Manifest): string {
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const count = (field: string) => numberAt(manifest, ['status', field]);
  const updated = valueAt(manifest, 'status', 'upToDateReplicas') ?? valueAt(manifest, 'status', 'updatedReplicas');
  if (count('replicas') !== wanted) return `${ofTotal(count('replicas'), wanted, 'machine')} there`;
  if (typeof updated === 'number' && updated < wanted) return `${ofTotal(updated, wanted, 'machine')} updated`;
  if (count('readyReplicas') < wanted) return `${ofTotal(count('readyReplicas'), wanted, 'machine')} ready`;
  return '';
}
