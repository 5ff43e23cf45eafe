import { listAt } from '#lib/domain/resource/json.ts';
import type { Cluster } from '../cluster.ts';
import { BACKGROUND, deleteObject } from '../handlers/delete.ts';
import { isDeleting, nameOf, withValue } from '../objects.ts';
import { finalizersOf } from '../write.ts';

/** Gives new namespaces their service account and CA, empties terminating ones, and removes the empty. */
export function finishNamespaces(cluster: Cluster): undefined {
  for (const namespace of cluster.store.list('/namespaces')) {
    if (!isDeleting(namespace)) continue;
    const name = nameOf(namespace);
    let left = 0;
    for (const storage of cluster.store.storages()) {
      const resource = cluster.registry.ofStorage(storage);
      if (!resource?.namespaced) continue;
      for (const object of cluster.store.list(storage, name)) {
        if (!isDeleting(object)) deleteObject(cluster, resource, { live: object, options: BACKGROUND });
        if (cluster.store.get(storage, name, nameOf(object))) left += 1;
      }
    }
    if (left > 0) continue;
    const rest = listAt(namespace, 'spec', 'finalizers').filter((one) => one !== 'kubernetes');
    if (rest.length === 0 && finalizersOf(namespace).length === 0) cluster.store.remove('/namespaces', namespace);
    else if (listAt(namespace, 'spec', 'finalizers').length !== rest.length)
      cluster.store.put(
        '/namespaces',
        withValue(namespace, ['spec', 'finalizers'], rest.length > 0 ? rest : undefined),
      );
  }
  return undefined;
}
