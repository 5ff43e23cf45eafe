import { isObject, listAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from '../cluster.ts';
import { BACKGROUND, deleteObject } from '../handlers/delete.ts';
import { members } from '../defaults/set.ts';
import { isDeleting, nameOf, namespaceOf, rfc3339, shortHash, uidOf, withValue } from '../objects.ts';
import { ApiError } from '../status.ts';
import { INTERNAL, amend, createObject, decode } from '../write.ts';

export const NODE = 'sandbox-node-1';

/** The controlling owner of an object. */
export function controllerOf(object: JsonObject): { kind: string; name: string; uid: string } | undefined {
  const owner = listAt(object, 'metadata', 'ownerReferences').find(
    (one) => isObject(one) && one['controller'] === true,
  );
  return owner === undefined
    ? undefined
    : { kind: textAt(owner, 'kind'), name: textAt(owner, 'name'), uid: textAt(owner, 'uid') };
}

export function ownedBy(cluster: Cluster, storage: string, owner: JsonObject): JsonObject[] {
  const uid = uidOf(owner);
  return cluster.store.list(storage, namespaceOf(owner)).filter((object) => controllerOf(object)?.uid === uid);
}

/** Creates an object for a controller; a namespace on its way out is no error. */
export function create(cluster: Cluster, storage: string, body: JsonObject): JsonObject | undefined {
  const resource = cluster.resource(storage);
  try {
    return createObject(cluster, resource, { object: decode(resource, body).object, options: { ...INTERNAL } });
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

export function remove(cluster: Cluster, storage: string, object: JsonObject): void {
  const live = cluster.store.get(storage, namespaceOf(object), nameOf(object));
  if (live && !isDeleting(live))
    deleteObject(cluster, cluster.resource(storage), { live, options: { ...BACKGROUND, graceSeconds: undefined } });
}

export function ownerReference(owner: JsonObject, identity: { apiVersion: string; kind: string }): JsonObject {
  return { ...identity, name: nameOf(owner), uid: uidOf(owner), controller: true, blockOwnerDeletion: true };
}

/** Replaces the status of an object as its controller does. Nothing is written when nothing changed. */
export function setStatus(
  cluster: Cluster,
  storage: string,
  change: { object: JsonObject; status: JsonObject; manager?: string },
): void {
  amend(cluster, storage, {
    namespace: namespaceOf(change.object),
    name: nameOf(change.object),
    subresource: 'status',
    ...(change.manager === undefined ? {} : { manager: change.manager }),
    change: (live) => withValue(live, ['status'], change.status),
  });
}

/** Conditions with one set; its transition time moves only when its status does. */
export function withCondition(
  cluster: Cluster,
  conditions: JsonValue[],
  next: { type: string; status: string; reason: string; message: string; updateTime?: boolean },
): JsonValue[] {
  const now = rfc3339(cluster.now());
  const known = conditions.find((one) => textAt(one, 'type') === next.type);
  const same = known !== undefined && textAt(known, 'status') === next.status;
  const unchanged = same && textAt(known, 'reason') === next.reason && textAt(known, 'message') === next.message;
  const condition: JsonObject = {
    type: next.type,
    status: next.status,
    ...(next.updateTime === true ? { lastUpdateTime: unchanged ? textAt(known, 'lastUpdateTime') : now } : {}),
    lastTransitionTime: same ? textAt(known, 'lastTransitionTime') : now,
    ...(next.reason === '' ? {} : { reason: next.reason }),
    ...(next.message === '' ? {} : { message: next.message }),
  };
  return known === undefined ? [...conditions, condition] : conditions.map((one) => (one === known ? condition : one));
}

export const isReady = (pod: JsonObject): boolean =>
  !isDeleting(pod) &&
  members(objectAt(pod, 'status'), 'conditions').some((one) => one['type'] === 'Ready' && one['status'] === 'True');

/** Drops members that are zero, as Go's omitempty does. */
export function counts(values: Record<string, number>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 0));
}

const MAX_EVENTS = 400;

/** Records an event, or counts it when the same one is known. */
export function recordEvent(
  cluster: Cluster,
  about: JsonObject,
  event: { type: 'Normal' | 'Warning'; reason: string; message: string; component: string },
): void {
  const namespace = namespaceOf(about) || 'default';
  const now = rfc3339(cluster.now());
  const name = `${nameOf(about)}.${shortHash(`${uidOf(about)}${event.reason}${event.message}`, 16)}`;
  const known = cluster.store.get('/events', namespace, name);
  if (known) {
    cluster.store.put('/events', { ...known, count: Number(known['count'] ?? 1) + 1, lastTimestamp: now });
    return;
  }
  if (cluster.store.count('/events') >= MAX_EVENTS) {
    const [oldest] = cluster.store.values('/events');
    if (oldest) cluster.store.remove('/events', oldest);
  }
  cluster.store.put('/events', {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, uid: cluster.newUid(), creationTimestamp: now },
    involvedObject: {
      kind: textAt(about, 'kind'),
      namespace: namespaceOf(about),
      name: nameOf(about),
      uid: uidOf(about),
      apiVersion: textAt(about, 'apiVersion'),
      resourceVersion: textAt(about, 'metadata', 'resourceVersion'),
    },
    reason: event.reason,
    message: event.message,
    source: { component: event.component },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type: event.type,
    eventTime: null,
    reportingComponent: event.component,
    reportingInstance: '',
  });
}

/** A pod of a template. */
export function podFrom(
  template: JsonObject,
  owner: JsonObject,
  options: { identity: { apiVersion: string; kind: string }; name?: string; labels?: JsonObject },
): JsonObject {
  const metadata = objectAt(template, 'metadata');
  return {
    metadata: {
      ...(options.name === undefined ? { generateName: `${nameOf(owner)}-` } : { name: options.name }),
      namespace: namespaceOf(owner),
      labels: { ...objectAt(metadata, 'labels'), ...options.labels },
      ...(isObject(metadata['annotations']) ? { annotations: metadata['annotations'] } : {}),
      ownerReferences: [ownerReference(owner, options.identity)],
    },
    spec: objectAt(template, 'spec'),
  };
}
