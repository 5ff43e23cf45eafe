import { objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { readObject } from '../body.ts';
import type { Cluster } from '../cluster.ts';
import { isDeleting, nameOf, rfc3339, uidOf, versionOf, withMetadata, withValue } from '../objects.ts';
import { type Reply, type ResourceRequest, json, writeOptions } from '../request.ts';
import { representList, representOne } from '../represent.ts';
import type { Resource } from '../resources.ts';
import { conflict, fieldError, forbidden, invalid } from '../status.ts';
import { finalizersOf } from '../write.ts';
import { matcherOf } from './list.ts';
import { liveOf } from './objects.ts';

export interface DeleteOptions {
  dryRun: boolean;
  propagation: '' | 'Orphan' | 'Background' | 'Foreground';
  graceSeconds: number | undefined;
  uid: string;
  resourceVersion: string;
}

function optionsOf(request: ResourceRequest): DeleteOptions {
  const body =
    request.body.trim() === '' ? {} : readObject(request.body, { yaml: request.contentType.includes('yaml') }).value;
  const said = textAt(body, 'propagationPolicy') || (request.query.get('propagationPolicy') ?? '');
  const orphan = body['orphanDependents'] ?? request.query.get('orphanDependents');
  const propagation = said || (orphan === true || orphan === 'true' ? 'Orphan' : '');
  if (propagation !== '' && propagation !== 'Orphan' && propagation !== 'Background' && propagation !== 'Foreground') {
    throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'DeleteOptions' }, '', [
      fieldError('FieldValueNotSupported', 'propagationPolicy', {
        value: propagation,
        why: 'supported values: "Foreground", "Background", "Orphan", "nil"',
      }),
    ]);
  }
  const grace = body['gracePeriodSeconds'] ?? request.query.get('gracePeriodSeconds');
  const dry = body['dryRun'];
  return {
    dryRun: writeOptions(request, '').dryRun || (Array.isArray(dry) && dry.includes('All')),
    propagation,
    graceSeconds: grace === null || grace === undefined ? undefined : Number(grace),
    uid: textAt(body, 'preconditions', 'uid'),
    resourceVersion: textAt(body, 'preconditions', 'resourceVersion'),
  };
}

const SYSTEM = new Set(['default', 'kube-system', 'kube-public']);

/** Finalizers after the propagation policy has had its say. */
function finalizersFor(live: JsonObject, propagation: DeleteOptions['propagation']): string[] {
  const others = finalizersOf(live).filter(
    (one) => propagation === '' || (one !== 'orphan' && one !== 'foregroundDeletion'),
  );
  if (propagation === 'Orphan') return [...others, 'orphan'];
  return propagation === 'Foreground' ? [...others, 'foregroundDeletion'] : others;
}

/** Deletes an object, or marks it when finalizers or a grace period hold it. Answers it and whether it is gone. */
export function deleteObject(
  cluster: Cluster,
  resource: Resource,
  request: { live: JsonObject; options: DeleteOptions },
): { object: JsonObject; gone: boolean } {
  const { live, options } = request;
  const name = nameOf(live);
  if (options.uid !== '' && options.uid !== uidOf(live))
    throw conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${uidOf(live)}`,
    );
  if (options.resourceVersion !== '' && options.resourceVersion !== versionOf(live)) {
    throw conflict(
      resource,
      name,
      `Precondition failed: ResourceVersion in precondition: ${options.resourceVersion}, ResourceVersion in object meta: ${versionOf(live)}`,
    );
  }
  const namespace = resource.storage === '/namespaces';
  if (namespace && SYSTEM.has(name)) throw forbidden(resource, name, 'this namespace may not be deleted');
  const finalizers = finalizersFor(live, options.propagation);
  const scheduled =
    resource.storage === '/pods' &&
    textAt(live, 'spec', 'nodeName') !== '' &&
    textAt(live, 'status', 'phase') === 'Running';
  const grace = scheduled
    ? (options.graceSeconds ?? Number(objectAt(live, 'spec')['terminationGracePeriodSeconds'] ?? 30))
    : 0;
  const held = finalizers.length > 0 || namespace || grace > 0;
  if (!held) return { object: options.dryRun ? live : cluster.store.remove(resource.storage, live), gone: true };
  const generation = objectAt(live, 'metadata')['generation'];
  const marked = withMetadata(live, {
    finalizers: finalizers.length > 0 ? finalizers : undefined,
    ...(isDeleting(live)
      ? {}
      : {
          deletionTimestamp: rfc3339(cluster.now() + grace * 1000),
          deletionGracePeriodSeconds: namespace ? undefined : grace,
          ...(typeof generation === 'number' ? { generation: generation + 1 } : {}),
        }),
  });
  const next = namespace ? withValue(marked, ['status', 'phase'], 'Terminating') : marked;
  if (options.dryRun || (isDeleting(live) && finalizersOf(live).length === finalizers.length))
    return { object: options.dryRun ? next : live, gone: false };
  return { object: cluster.store.put(resource.storage, next), gone: false };
}

const AS_OBJECT = new Set([
  '/pods',
  '/services',
  '/namespaces',
  '/serviceaccounts',
  '/persistentvolumeclaims',
  '/persistentvolumes',
  '/resourcequotas',
  '/podtemplates',
  '/replicationcontrollers',
]);

export function deleteOne(request: ResourceRequest): Reply {
  const { cluster, resource } = request;
  const options = optionsOf(request);
  const live = liveOf(request);
  const { object, gone } = deleteObject(cluster, resource, { live, options });
  if (!gone || (AS_OBJECT.has(resource.storage) && resource.storage !== '/services'))
    return json(representOne(request, object));
  if (resource.storage === '/services') return json(representOne(request, object));
  const details: JsonObject = {
    name: nameOf(live),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    uid: uidOf(live),
  };
  return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

export function deleteCollection(request: ResourceRequest): Reply {
  const { cluster, resource } = request;
  const options = optionsOf(request);
  const matches = matcherOf(request);
  const found = cluster.store.list(resource.storage, request.namespace).filter(matches);
  const deleted = found.map((live) => deleteObject(cluster, resource, { live, options }).object);
  return json(representList(request, deleted, { resourceVersion: String(cluster.store.revision) }));
}

/** Background deletion, as controllers do it. */
export const BACKGROUND: DeleteOptions = {
  dryRun: false,
  propagation: 'Background',
  graceSeconds: 0,
  uid: '',
  resourceVersion: '',
};
