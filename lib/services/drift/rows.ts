import type { ObjectRow } from '#lib/database/states.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { missingHealth } from '#lib/domain/health/assess.ts';
import { assessTree } from '#lib/domain/health/assess-tree.ts';
import type { Assess } from '#lib/domain/health/custom/rule.ts';
import type { Health } from '#lib/domain/health/status.ts';
import { canonicalJson } from '#lib/domain/resource/canonical.ts';
import { numberAt } from '#lib/domain/resource/json.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { Judged, Subject } from './judge.ts';

/** Health of a declared object; `cause` is what its children say, for grouping. */
export interface ExplainedHealth extends Health {
  cause: string;
}

/** Children of one application shown in its tree. */
const MOST_CHILDREN = 2_000;
/** Hidden differences of one object that are kept to be shown. */
const MOST_HIDDEN = 100;

/** How objects are judged, and which texts of the application's Secrets a container may print as it dies. */
export interface Judging {
  assess: Assess;
  secrets: () => readonly string[];
}

export function healthOf({ live }: Subject, cluster: LiveCluster, { assess, secrets }: Judging): ExplainedHealth {
  if (!live) {
    const missing = missingHealth();
    return { ...missing, cause: missing.message };
  }
  const { status, message, cause } = assessTree(live, below(live, cluster), assess);
  const masked = (text: string) => (text === '' ? '' : maskKnown(text, secrets()));
  return { status, message: masked(message), cause: masked(cause) };
}

function below({ metadata: { uid } }: Manifest, cluster: LiveCluster): Manifest[] {
  return uid === undefined ? [] : cluster.descendants([uid]);
}

/** The row of a declared (or still tracked) object. */
export function managedRow(
  where: { applicationId: string; at: Date },
  { subject, judged, health }: { subject: Subject; judged: Judged; health: Health },
): ObjectRow {
  const { target, deployed, live } = subject;
  const { pending, drift, sync } = judged.classification;
  const body = target?.body ?? deployed?.body ?? live;
  const drifted = new Set(drift.map((difference) => difference.path));
  return {
    applicationId: where.applicationId,
    key: subject.key,
    managed: true,
    uid: live?.metadata.uid ?? null,
    ownerUid: ownerOf(live),
    apiVersion: body?.apiVersion ?? '',
    sync,
    health: health.status,
    message: health.message,
    desiredHash: target?.hash ?? null,
    liveHash: judged.liveHash,
    resourceVersion: live?.metadata.resourceVersion ?? null,
    ordinal: subject.ordinal,
    differences: [...drift, ...pending.filter((difference) => !drifted.has(difference.path))].map(
      ({ path, desired, live: now }) => ({
        path,
        ...(desired === undefined ? {} : { desired }),
        ...(now === undefined ? {} : { live: now }),
      }),
    ),
    hidden: judged.hidden.slice(0, MOST_HIDDEN).map((field) => ({ ...field })),
    createdAt: createdOf(live),
    changedAt: where.at,
  };
}

/** Rows of what the declared objects own: pods and the like; replica sets scaled to nothing are left out. */
export function childRows(
  where: { applicationId: string; at: Date },
  {
    cluster,
    parents,
    declared,
    judging: { assess, secrets },
  }: { cluster: LiveCluster; parents: Manifest[]; declared: ReadonlySet<string>; judging: Judging },
): ObjectRow[] {
  const uids = parents.flatMap((parent) => parent.metadata.uid ?? []);
  return cluster
    .descendants(uids)
    .filter((child) => !isRetired(child) && !declared.has(formatObjectKey(objectKeyOf(child))))
    .slice(0, MOST_CHILDREN)
    .map((child, index) => {
      const health = assessTree(child, below(child, cluster), assess);
      return {
        applicationId: where.applicationId,
        key: formatObjectKey(objectKeyOf(child)),
        managed: false,
        uid: child.metadata.uid ?? null,
        ownerUid: ownerOf(child),
        apiVersion: child.apiVersion,
        sync: 'Synced',
        health: health.status,
        message: health.message === '' ? '' : maskKnown(health.message, secrets()),
        desiredHash: null,
        liveHash: null,
        resourceVersion: child.metadata.resourceVersion ?? null,
        ordinal: index,
        differences: [],
        hidden: [],
        createdAt: createdOf(child),
        changedAt: where.at,
      };
    });
}

/** The text by which two rows of one object are told apart; versions and times alone are no change. */
export function rowText(row: ObjectRow): string {
  const { applicationId: _id, resourceVersion: _version, changedAt: _changed, createdAt, ordinal, ...rest } = row;
  return canonicalJson({ ...rest, ordinal: row.managed ? ordinal : 0, createdAt: createdAt?.getTime() ?? null });
}

function isRetired(child: Manifest): boolean {
  if (child.kind !== 'ReplicaSet') return false;
  return numberAt(child, ['spec', 'replicas'], 1) === 0 && numberAt(child, ['status', 'replicas']) === 0;
}

function ownerOf(live: Manifest | null): string | null {
  const owners = live?.metadata.ownerReferences ?? [];
  return (owners.find((owner) => owner.controller) ?? owners[0])?.uid ?? null;
}

function createdOf(live: Manifest | null): Date | null {
  const { creationTimestamp } = live?.metadata ?? {};
  return creationTimestamp ? new Date(creationTimestamp) : null;
}
