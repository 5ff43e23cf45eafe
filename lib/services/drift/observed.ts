import { attribute } from '#lib/domain/diff/managed-fields.ts';
import { culpritClass } from '#lib/domain/drift/culprit.ts';
import { driftFingerprint, type ObservedDrift } from '#lib/domain/drift/record.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { FIELD_MANAGER } from '#lib/domain/resource/tracking.ts';
import { shortDigest } from '../shared/digest.ts';
import type { Judged, Subject } from './judge.ts';

/** The drifted fields of one judged object, each with who stands behind it. */
export function observedDrift(subject: Subject, { classification }: Judged): ObservedDrift[] {
  const { drift, kind } = classification;
  const key = parseObjectKey(subject.key);
  if (kind === 'none' || !key) return [];
  return drift.map((difference) => {
    const by = difference.path === '' ? null : attribute(difference.path, subject.live?.metadata.managedFields);
    return {
      objectKey: subject.key,
      path: difference.path,
      kind: kind === 'changed' && difference.desired === undefined ? 'added' : kind,
      desired: difference.desired,
      live: difference.live,
      fingerprint: driftFingerprint(key, difference, shortDigest),
      culprit: by && {
        manager: by.manager,
        class: culpritClass(by.manager),
        operation: by.operation,
        time: by.time,
        certain: by.certain,
      },
    };
  });
}

/**
 * While our own operation is at work (and the watch may be a moment behind it) what differs by our own hand, or is not
 * there yet, is no drift.
 */
export function isOwnWork(drift: ObservedDrift): boolean {
  return drift.kind === 'missing' || drift.culprit?.manager === FIELD_MANAGER;
}
