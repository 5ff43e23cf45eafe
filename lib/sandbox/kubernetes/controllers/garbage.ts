import { listAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { BACKGROUND, deleteObject } from '../handlers/delete.ts';
import { isDeleting, nameOf, namespaceOf, uidOf, withMetadata } from '../objects.ts';
import { finalizersOf } from '../write.ts';

interface Member {
  storage: string;
  object: JsonObject;
}

const ownersOf = (object: JsonObject): string[] =>
  listAt(object, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid'));

function survey(cluster: Cluster): { uids: Map<string, Member>; dependents: Map<string, Member[]> } {
  const uids = new Map<string, Member>();
  const dependents = new Map<string, Member[]>();
  for (const storage of cluster.store.storages()) {
    for (const object of cluster.store.values(storage)) {
      const member = { storage, object };
      uids.set(uidOf(object), member);
      for (const uid of ownersOf(object)) dependents.set(uid, [...(dependents.get(uid) ?? []), member]);
    }
  }
  return { uids, dependents };
}

/** Stores an object without some finalizers; without any left it goes. */
function release(cluster: Cluster, member: Member, finalizer: string): void {
  const live = cluster.store.get(member.storage, namespaceOf(member.object), nameOf(member.object));
  if (!live) return;
  const left = finalizersOf(live).filter((one) => one !== finalizer);
  const next = withMetadata(live, { finalizers: left.length > 0 ? left : undefined });
  if (left.length === 0 && member.storage !== '/namespaces') cluster.store.remove(member.storage, next);
  else cluster.store.put(member.storage, next);
}

function remove(cluster: Cluster, member: Member, propagation: 'Background' | 'Foreground'): void {
  const resource = cluster.registry.ofStorage(member.storage);
  const live = cluster.store.get(member.storage, namespaceOf(member.object), nameOf(member.object));
  if (!resource || !live || isDeleting(live)) return;
  deleteObject(cluster, resource, { live, options: { ...BACKGROUND, propagation, graceSeconds: undefined } });
}

/** Removes what its owners left behind, and finishes foreground and orphaning deletions. */
export function collectGarbage(cluster: Cluster): undefined {
  const { uids, dependents } = survey(cluster);
  for (const member of uids.values()) {
    if (!isDeleting(member.object)) continue;
    const finalizers = finalizersOf(member.object);
    const owned = dependents.get(uidOf(member.object)) ?? [];
    if (finalizers.includes('orphan')) {
      for (const one of owned) disown(cluster, one, uidOf(member.object));
      release(cluster, member, 'orphan');
    } else if (finalizers.includes('foregroundDeletion')) {
      for (const one of owned) remove(cluster, one, 'Foreground');
      const blocking = owned.filter(
        (one) => cluster.store.get(one.storage, namespaceOf(one.object), nameOf(one.object)) !== undefined,
      );
      if (blocking.length === 0) release(cluster, member, 'foregroundDeletion');
    }
  }
  for (const [uid, owned] of dependents) {
    if (uids.has(uid)) continue;
    for (const member of owned) {
      if (ownersOf(member.object).every((owner) => !uids.has(owner))) remove(cluster, member, 'Background');
      else disown(cluster, member, uid);
    }
  }
  return undefined;
}

function disown(cluster: Cluster, member: Member, uid: string): void {
  const live = cluster.store.get(member.storage, namespaceOf(member.object), nameOf(member.object));
  if (!live) return;
  const left = listAt(live, 'metadata', 'ownerReferences').filter((owner) => textAt(owner, 'uid') !== uid);
  cluster.store.put(member.storage, withMetadata(live, { ownerReferences: left.length > 0 ? left : undefined }));
}
