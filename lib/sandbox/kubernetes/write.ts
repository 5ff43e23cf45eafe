import { randomInt } from 'node:crypto';
import { deepEqual, isObject, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { type Writer, applyObject, ignoredFields, recordUpdate } from './apply/ownership.ts';
import type { FieldSet } from './apply/field-set.ts';
import { fromFieldsV1 } from './apply/field-set.ts';
import type { Cluster } from './cluster.ts';
import { finishCustom } from './crd/finish.ts';
import { applyDefaults } from './defaults/registry.ts';
import { prepareForCreate, prepareForUpdate } from './prepare.ts';
import { emptyObject, normalize } from './normalize.ts';
import { isDeleting, nameOf, namespaceOf, rfc3339, uidOf, versionOf, withMetadata, withValue } from './objects.ts';
import type { Resource } from './resources.ts';
import { ApiError, STALE, alreadyExists, badRequest, conflict, forbidden, notFound } from './status.ts';
import { keepServerMetadata, validateObject } from './validate/object.ts';

/** Who writes, by which door, and whether it counts. */
export interface WriteOptions {
  manager: string;
  dryRun: boolean;
  /** '' for the object itself, or `status`, `scale`, … */
  subresource: string;
  fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  warnings: string[];
}

export const INTERNAL: WriteOptions = {
  manager: 'kube-controller-manager',
  dryRun: false,
  subresource: '',
  fieldValidation: 'Ignore',
  warnings: [],
};

const NOTHING: FieldSet = fromFieldsV1({});
const STATUS_ONLY = ignoredFields('status');
const MAIN_ONLY = ignoredFields('spec', 'metadata.labels', 'metadata.deletionTimestamp', 'metadata.ownerReferences');
const CUSTOM_STATUS = ignoredFields('spec', 'metadata');

const hasStatus = (resource: Resource): boolean =>
  resource.custom ? resource.custom.status : resource.subresources.some((one) => one.name === 'status');

function writerOf(cluster: Cluster, resource: Resource, options: WriteOptions): Writer {
  const ignored =
    options.subresource === 'status'
      ? resource.custom
        ? CUSTOM_STATUS
        : MAIN_ONLY
      : hasStatus(resource)
        ? STATUS_ONLY
        : NOTHING;
  return {
    manager: options.manager,
    apiVersion: resource.apiVersion,
    subresource: options.subresource,
    now: rfc3339(cluster.now()),
    ignored,
  };
}

/** The object as this version of the resource shows it. */
export function toVersion(resource: Resource, object: JsonObject): JsonObject {
  if (object['apiVersion'] === resource.apiVersion) return object;
  return { ...object, apiVersion: resource.apiVersion };
}

/** Reports unknown and repeated fields as the validation level wants: 400, warnings, or silence. */
export function reportFields(
  unknown: string[],
  duplicates: string[],
  options: { resource: Resource; write: WriteOptions; code?: 400 | 422 },
): void {
  const texts = [
    ...unknown.map((path) => `unknown field ${JSON.stringify(path)}`),
    ...duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
  ];
  if (texts.length === 0 || options.write.fieldValidation === 'Ignore') return;
  if (options.write.fieldValidation === 'Warn') {
    options.write.warnings.push(...texts);
    return;
  }
  const { kind, version } = options.resource;
  const strict = `strict decoding error: ${texts.join(', ')}`;
  if (options.code === 422) {
    throw new ApiError({
      code: 422,
      reason: 'Invalid',
      message: ` "" is invalid: patch: Invalid value: "": ${strict}`,
    });
  }
  throw badRequest(
    options.resource.custom
      ? strict
      : `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${strict}`,
  );
}

/** Decodes what will be stored: known fields, defaults, custom schemas. */
export function decode(resource: Resource, body: JsonObject): { object: JsonObject; unknown: string[] } {
  const whole = { ...body, apiVersion: resource.apiVersion, kind: resource.kind };
  const { object, unknown } = normalize(resource, whole);
  if (!isObject(object['metadata'])) object['metadata'] = {};
  if (resource.custom) return { object: finishCustom(resource, object), unknown };
  applyDefaults(resource.storage, object);
  return { object, unknown };
}

function generatedName(object: JsonObject): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const prefix = textAt(object, 'metadata', 'generateName').slice(0, 58);
  let ending = '';
  for (let index = 0; index < 5; index += 1) ending += alphabet[randomInt(alphabet.length)] ?? 'b';
  return `${prefix}${ending}`;
}

function requireNamespace(cluster: Cluster, resource: Resource, object: JsonObject): void {
  if (!resource.namespaced) return;
  const namespace = namespaceOf(object);
  const home = cluster.store.get('/namespaces', '', namespace);
  if (!home) throw notFound({ group: '', plural: 'namespaces', kind: 'Namespace' }, namespace);
  if (isDeleting(home)) {
    const error = forbidden(
      resource,
      nameOf(object),
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
    throw new ApiError({
      code: 403,
      reason: 'Forbidden',
      message: error.message,
      details: {
        ...error.details,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    });
  }
}

/** Gives a new object its identity and the fields only the server sets. */
function identify(cluster: Cluster, resource: Resource, object: JsonObject): JsonObject {
  const name =
    nameOf(object) === '' && textAt(object, 'metadata', 'generateName') !== '' ? generatedName(object) : nameOf(object);
  const ready = withMetadata(object, {
    ...(name === '' ? {} : { name }),
    uid: cluster.newUid(),
    creationTimestamp: rfc3339(cluster.now()),
    generation: countsGenerations(resource) ? 1 : undefined,
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    resourceVersion: undefined,
    selfLink: undefined,
  });
  if (resource.storage !== '/namespaces' || name === '') return ready;
  return withValue(ready, ['metadata', 'labels', 'kubernetes.io/metadata.name'], name);
}

const GENERATIONS = new Set([
  '/pods',
  '/replicationcontrollers',
  'apps/deployments',
  'apps/replicasets',
  'apps/statefulsets',
  'apps/daemonsets',
  'batch/jobs',
  'batch/cronjobs',
  'networking.k8s.io/ingresses',
  'networking.k8s.io/networkpolicies',
  'policy/poddisruptionbudgets',
  'apiextensions.k8s.io/customresourcedefinitions',
  'scheduling.k8s.io/priorityclasses',
  'discovery.k8s.io/endpointslices',
  'flowcontrol.apiserver.k8s.io/flowschemas',
  'flowcontrol.apiserver.k8s.io/prioritylevelconfigurations',
  'admissionregistration.k8s.io/mutatingwebhookconfigurations',
  'admissionregistration.k8s.io/validatingwebhookconfigurations',
  'admissionregistration.k8s.io/validatingadmissionpolicies',
]);
const countsGenerations = (resource: Resource): boolean =>
  resource.custom !== undefined || GENERATIONS.has(resource.storage);

function store(cluster: Cluster, resource: Resource, write: { object: JsonObject; dryRun: boolean }): JsonObject {
  const { object, dryRun } = write;
  const storageVersion = resource.custom
    ? `${resource.group}/${resource.custom.storageVersion}`
    : (cluster.registry.ofStorage(resource.storage)?.apiVersion ?? resource.apiVersion);
  if (dryRun) return object;
  const stored = object['apiVersion'] === storageVersion ? object : { ...object, apiVersion: storageVersion };
  return toVersion(resource, cluster.store.put(resource.storage, stored));
}

/** Creates from a decoded body (see {@link decode}). Throws 403, 404, 409 or 422. */
export function createObject(
  cluster: Cluster,
  resource: Resource,
  request: { object: JsonObject; options: WriteOptions; applied?: JsonObject },
): JsonObject {
  const { options } = request;
  const named = nameOf(request.object) === '' ? identify(cluster, resource, request.object) : request.object;
  if (cluster.store.get(resource.storage, namespaceOf(named), nameOf(named)))
    throw alreadyExists(resource, nameOf(named));
  if (versionOf(named) !== '')
    throw new ApiError({
      code: 500,
      reason: 'InternalError',
      message: 'resourceVersion should not be set on objects to be created',
    });
  const recorded = request.applied
    ? request.object
    : recordUpdate(
        resource.shape,
        { live: emptyObject(resource), next: named, created: true },
        writerOf(cluster, resource, options),
      );
  const clean = hasStatus(resource) ? withValue(recorded, ['status'], undefined) : recorded;
  const fresh = identify(cluster, resource, clean);
  const ready = prepareForCreate(cluster, resource, fresh);
  validateObject(resource, ready, undefined);
  requireNamespace(cluster, resource, ready);
  return store(cluster, resource, { object: ready, dryRun: options.dryRun });
}

/** What of the stored object a write through this door leaves alone. */
function throughDoor(
  resource: Resource,
  objects: { next: JsonObject; live: JsonObject },
  subresource: string,
): JsonObject {
  const { next, live } = objects;
  if (subresource === 'status') {
    if (resource.custom) {
      const { managedFields } = objectAt(next, 'metadata');
      const metadata = { ...objectAt(live, 'metadata'), ...(managedFields === undefined ? {} : { managedFields }) };
      return { ...live, metadata, ...(next['status'] === undefined ? {} : { status: next['status'] }) };
    }
    const kept = { ...next, ...(live['spec'] === undefined ? {} : { spec: live['spec'] }) };
    return withMetadata(kept, {
      labels: objectAt(live, 'metadata')['labels'],
      ownerReferences: objectAt(live, 'metadata')['ownerReferences'],
    });
  }
  if (subresource === '' && hasStatus(resource)) return withValue(next, ['status'], live['status']);
  return next;
}

/** The same but for resourceVersion, managedFields' times and generation. */
function unchanged(before: JsonObject, after: JsonObject): boolean {
  const strip = (object: JsonObject): JsonObject => {
    const { managedFields, resourceVersion: _version, ...metadata } = objectAt(object, 'metadata');
    const entries = Array.isArray(managedFields)
      ? managedFields.map((entry) => {
          const { time: _time, ...rest } = isObject(entry) ? entry : {};
          return rest;
        })
      : [];
    return { ...object, metadata: { ...metadata, managedFields: entries } };
  };
  return deepEqual(strip(before), strip(after));
}

function checkPreconditions(resource: Resource, live: JsonObject, next: JsonObject): void {
  const uid = uidOf(next);
  if (uid !== '' && uid !== uidOf(live)) {
    throw conflict(
      resource,
      nameOf(live),
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${uidOf(live)}`,
    );
  }
  const version = versionOf(next);
  if (version !== '' && version !== versionOf(live)) throw conflict(resource, nameOf(live), STALE);
}

/** Replaces a stored object with a decoded body. Throws 409 or 422. No-op writes keep the resourceVersion. */
export function updateObject(
  cluster: Cluster,
  resource: Resource,
  request: { live: JsonObject; next: JsonObject; options: WriteOptions; applied?: boolean },
): JsonObject {
  const { options } = request;
  const live = toVersion(resource, request.live);
  checkPreconditions(resource, live, request.next);
  const carried = keepServerMetadata(request.next, live);
  const door = throughDoor(resource, { next: carried, live }, options.subresource);
  const prepared = prepareForUpdate(resource, door, live);
  const recorded = request.applied
    ? prepared
    : recordUpdate(resource.shape, { live, next: prepared, created: false }, writerOf(cluster, resource, options));
  const next = withMetadata(recorded, { resourceVersion: versionOf(live) });
  if (options.subresource !== 'status') validateObject(resource, next, live);
  if (unchanged(live, next)) return live;
  const counted = countGeneration(resource, next, live);
  if (isDeleting(counted) && finalizersOf(counted).length === 0 && !keepsAfterFinalizers(resource, counted)) {
    return options.dryRun ? counted : toVersion(resource, cluster.store.remove(resource.storage, counted));
  }
  return store(cluster, resource, { object: counted, dryRun: options.dryRun });
}

export const finalizersOf = (object: JsonObject): string[] => {
  const list = objectAt(object, 'metadata')['finalizers'];
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
};

/** Namespaces wait for their own finalizers too, pods for their grace period. */
function keepsAfterFinalizers(resource: Resource, object: JsonObject): boolean {
  if (resource.storage === '/namespaces') {
    const list = objectAt(object, 'spec')['finalizers'];
    return Array.isArray(list) && list.length > 0;
  }
  return Number(objectAt(object, 'metadata')['deletionGracePeriodSeconds'] ?? 0) > 0;
}

function countGeneration(resource: Resource, next: JsonObject, live: JsonObject): JsonObject {
  if (!countsGenerations(resource)) return next;
  const strip = ({ metadata: _metadata, status, ...rest }: JsonObject): JsonObject =>
    hasStatus(resource) || status === undefined ? rest : { ...rest, status };
  const old = Number(objectAt(live, 'metadata')['generation'] ?? 1);
  return withMetadata(next, { generation: deepEqual(strip(next), strip(live)) ? old : old + 1 });
}

/** Server-side apply. Answers the object and whether it is new. */
export function applyConfiguration(
  cluster: Cluster,
  resource: Resource,
  request: { live: JsonObject | undefined; config: JsonObject; options: WriteOptions; force: boolean },
): { object: JsonObject; created: boolean } {
  const { options, config, force } = request;
  const writer = writerOf(cluster, resource, options);
  const live = request.live && toVersion(resource, request.live);
  if (live && uidOf(config) !== '' && uidOf(config) !== uidOf(live)) checkPreconditions(resource, live, config);
  if (!live && uidOf(config) !== '') {
    throw conflict(
      resource,
      nameOf(config),
      `uid mismatch: the provided object specified uid ${uidOf(config)}, and no existing object was found`,
    );
  }
  if (live && versionOf(config) !== '' && versionOf(config) !== versionOf(live))
    throw conflict(resource, nameOf(live), STALE);
  const applied = applyObject(
    resource.shape,
    { live: live ?? emptyObject(resource), config, created: !live },
    { writer, force },
  );
  const managed = objectAt(applied, 'metadata')['managedFields'];
  const { object } = decode(resource, applied);
  const next = withMetadata(object, { managedFields: managed });
  if (live) return { object: updateObject(cluster, resource, { live, next, options, applied: true }), created: false };
  return { object: createObject(cluster, resource, { object: next, options, applied: config }), created: true };
}

/** Changes a stored object as a controller does; absent objects and failed changes are left alone. */
export function amend(
  cluster: Cluster,
  storage: string,
  request: {
    namespace: string;
    name: string;
    change: (object: JsonObject) => JsonObject;
    manager?: string;
    subresource?: string;
  },
): JsonObject | undefined {
  const live = cluster.store.get(storage, request.namespace, request.name);
  if (!live) return undefined;
  const resource = cluster.resource(storage);
  const options = { ...INTERNAL, manager: request.manager ?? INTERNAL.manager, subresource: request.subresource ?? '' };
  return updateObject(cluster, resource, { live, next: request.change(live), options });
}
