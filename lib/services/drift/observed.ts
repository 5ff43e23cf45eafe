import { observeDrift } from '#lib/domain/drift/observe.ts';
import type { ObservedDrift } from '#lib/domain/drift/record.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER } from '#lib/domain/resource/tracking.ts';
import { shortDigest } from '../shared/digest.ts';
import type { Judged, Subject } from './judge.ts';

/** The drifted fields of one judged object, each with who stands behind it. */
export function observedDrift(subject: Subject, { classification }: Judged): ObservedDrift[] {
  const key = parseObjectKey(subject.key);
  if (!key) return [];
  return observeDrift({
    key,
    classification,
    managedFields: subject.live?.metadata.managedFields,
    hash: shortDigest,
  });
}

/**
 * While our own operation is at work (and the watch may be a moment behind it) what differs by our own hand, or is not
 * there yet, is no drift.
 */
export function isOwnWork(drift: ObservedDrift): boolean {
  return drift.kind === 'missing' || drift.culprit?.manager === FIELD_MANAGER;
}
