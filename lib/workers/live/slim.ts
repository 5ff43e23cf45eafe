import { REVISION_ANNOTATIONS, REVISION_LABELS } from '#lib/domain/health/current-below.ts';
import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonValue, Manifest } from '#lib/domain/resource/manifest.ts';

/** Kinds whose children tell why they are not well. */
export const WORKLOAD_KINDS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/ReplicationController',
  'batch/Job',
  'batch/CronJob',
]);

/** What is watched beside the declared kinds as soon as a workload is among them. */
export const CHILD_KINDS: readonly { group: string; kind: string }[] = [
  { group: 'apps', kind: 'ReplicaSet' },
  { group: '', kind: 'Pod' },
  { group: 'batch', kind: 'Job' },
];

/** The part of an object nobody declared that the tree and its owners' health need: never its data. */
export function slimChild(manifest: Manifest): Manifest {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp, ownerReferences } =
    manifest.metadata;
  const slim: Manifest = {
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    metadata: withoutUndefined({
      name,
      namespace,
      uid,
      resourceVersion,
      generation,
      creationTimestamp,
      deletionTimestamp,
      ownerReferences,
      finalizers: manifest.metadata.finalizers,
      labels: only(manifest.metadata.labels, REVISION_LABELS),
      annotations: only(manifest.metadata.annotations, REVISION_ANNOTATIONS),
    }),
  };
  if (manifest['status'] !== undefined) slim['status'] = manifest['status'];
  if (isObject(manifest['spec'])) slim['spec'] = slimSpec(manifest['spec']);
  return slim;
}

function only(texts: Record<string, string> | undefined, names: readonly string[]): Record<string, string> | undefined {
  const kept = names.flatMap((name) => (texts?.[name] === undefined ? [] : [[name, texts[name]] as const]));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

const KEPT = new Set([
  'replicas',
  'restartPolicy',
  'nodeName',
  'suspend',
  'completions',
  'parallelism',
  'backoffLimit',
]);

function slimSpec(spec: { [field: string]: JsonValue }): { [field: string]: JsonValue } {
  const slim: { [field: string]: JsonValue } = {};
  for (const [field, value] of Object.entries(spec)) {
    if (KEPT.has(field)) slim[field] = value;
    if ((field === 'containers' || field === 'initContainers') && Array.isArray(value))
      slim[field] = value.map((one) =>
        isObject(one) ? { name: one['name'] ?? null, image: one['image'] ?? null } : one,
      );
  }
  return slim;
}

function withoutUndefined(metadata: { name: string; [field: string]: unknown }): Manifest['metadata'] {
  const entries = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), name: metadata.name };
}
