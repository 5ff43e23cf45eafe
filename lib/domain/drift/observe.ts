import { attribute } from '../diff/managed-fields.ts';
import { formatObjectKey, type ManagedFieldsEntry, type ObjectKey } from '../resource/manifest.ts';
import type { Classification } from './classify.ts';
import { culpritClass } from './culprit.ts';
import { driftFingerprint, type DriftCulprit, type ObservedDrift } from './record.ts';

export interface ObserveInput {
  key: ObjectKey;
  classification: Pick<Classification, 'drift' | 'kind'>;
  /** Of the live object as read; undefined when it is missing. */
  managedFields: readonly ManagedFieldsEntry[] | undefined;
  /** Any hash; the installation's keyed one keeps fingerprints private to it. */
  hash: (text: string) => string;
}

/** The drifted fields of one object as records want them: with their culprit, and the fingerprint that groups them across clusters. */
export function observeDrift({ key, classification, managedFields, hash }: ObserveInput): ObservedDrift[] {
  return classification.drift.map((difference) => ({
    objectKey: formatObjectKey(key),
    path: difference.path,
    kind: fieldKind(classification.kind, difference.desired === undefined),
    desired: difference.desired,
    live: difference.live,
    fingerprint: driftFingerprint(key, difference, hash),
    culprit: culpritOf(difference.path, managedFields),
  }));
}

/** Missing and extra are said of the whole object; a changed object may still have fields that were only added. */
function fieldKind(kind: Classification['kind'], onlyLive: boolean): ObservedDrift['kind'] {
  if (kind === 'missing' || kind === 'extra') return kind;
  return onlyLive ? 'added' : 'changed';
}

function culpritOf(path: string, managedFields: readonly ManagedFieldsEntry[] | undefined): DriftCulprit | null {
  const found = attribute(path, managedFields);
  if (found === null) return null;
  const { manager, operation, time, certain } = found;
  return { manager, class: culpritClass(manager), operation, time, certain };
}
