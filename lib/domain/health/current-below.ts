import { numberAt, textAt } from '../resource/json.ts';
import { type Manifest, objectKeyOf } from '../resource/manifest.ts';
import { isStale } from './rules/rule.ts';

const DEPLOYMENT_REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HASH = 'controller-revision-hash';
const TEMPLATE_GENERATION = 'pod-template-generation';

/** Labels and annotations of children that tell which revision of their owner they are of. */
export const REVISION_LABELS: readonly string[] = [REVISION_HASH, TEMPLATE_GENERATION, 'pod-template-hash'];
export const REVISION_ANNOTATIONS: readonly string[] = [DEPLOYMENT_REVISION];

/**
 * What hangs below a workload and is of the newest revision its controller was told of: old pods that crash say nothing of
 * the fix that is being rolled out. Empty while the controller has not seen the newest spec, or what it made for it is not
 * in sight yet. Of other kinds all descendants count.
 */
export function currentBelow(owner: Manifest, descendants: readonly Manifest[]): Manifest[] {
  const { group, kind } = objectKeyOf(owner);
  switch (`${group}/${kind}`) {
    case 'apps/Deployment':
      return isStale(owner) ? [] : ofDeployment(owner, descendants);
    case 'apps/StatefulSet':
      return isStale(owner) ? [] : ofStatefulSet(owner, descendants);
    case 'apps/DaemonSet':
      return isStale(owner) ? [] : ofDaemonSet(owner, descendants);
    case 'apps/ReplicaSet':
      return isStale(owner) ? [] : [...descendants];
    default:
      return [...descendants];
  }
}

/** The newest replica set and its pods. The Deployment names its revision, so that a replica set not yet seen is missed. */
function ofDeployment(owner: Manifest, descendants: readonly Manifest[]): Manifest[] {
  const sets = descendants.filter((child) => child.kind === 'ReplicaSet' && isOwned(child, owner));
  const newest = greatest(sets, (set) => [deploymentRevision(set), createdAt(set)]);
  if (newest === undefined || deploymentRevision(newest) < deploymentRevision(owner)) return [];
  return [newest, ...descendants.filter((child) => isOwned(child, newest))];
}

function ofStatefulSet(owner: Manifest, descendants: readonly Manifest[]): Manifest[] {
  const revision = textAt(owner, 'status', 'updateRevision');
  if (revision === '') return [];
  return descendants.filter((child) => isOwned(child, owner) && label(child, REVISION_HASH) === revision);
}

/** The controller makes pods of the newest revision only, so once there is one, the youngest pod is of it. */
function ofDaemonSet(owner: Manifest, descendants: readonly Manifest[]): Manifest[] {
  const pods = descendants.filter((child) => isOwned(child, owner));
  if (numberAt(owner, ['status', 'updatedNumberScheduled']) === 0) return [];
  const youngest = greatest(pods, (pod) => [Number(label(pod, TEMPLATE_GENERATION)) || 0, createdAt(pod)]);
  if (youngest === undefined) return [];
  return pods.filter((pod) => label(pod, REVISION_HASH) === label(youngest, REVISION_HASH));
}

function isOwned(child: Manifest, owner: Manifest): boolean {
  const { uid } = owner.metadata;
  return uid !== undefined && (child.metadata.ownerReferences ?? []).some((reference) => reference.uid === uid);
}

function deploymentRevision(manifest: Manifest): number {
  return Number(manifest.metadata.annotations?.[DEPLOYMENT_REVISION] ?? 0) || 0;
}

function label(manifest: Manifest, name: string): string {
  return manifest.metadata.labels?.[name] ?? '';
}

function createdAt(manifest: Manifest): number {
  return Date.parse(manifest.metadata.creationTimestamp ?? '') || 0;
}

/** The one with the greatest numbers, compared from the left; the first by name among equals. */
function greatest(items: readonly Manifest[], rank: (item: Manifest) => [number, number]): Manifest | undefined {
  return [...items].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return right[0] - left[0] || right[1] - left[1] || (a.metadata.name < b.metadata.name ? -1 : 1);
  })[0];
}
