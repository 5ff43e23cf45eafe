import { isObject, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { readObject } from '../body.ts';
import { nameOf, namespaceOf, versionOf, withMetadata, withValue } from '../objects.ts';
import { type Reply, type ResourceRequest, flag, json, managerOf, writeOptions } from '../request.ts';
import { representOne } from '../represent.ts';
import type { Resource } from '../resources.ts';
import { ApiError, badRequest, fieldError, invalid, notFound, unsupportedMediaType } from '../status.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { applyConfiguration, createObject, decode, reportFields, toVersion, updateObject } from '../write.ts';

/** The stored object of a request. Throws 404. */
export function liveOf(request: ResourceRequest): JsonObject {
  const { resource, cluster, namespace, name } = request;
  const live = cluster.store.get(resource.storage, namespace, name);
  if (!live) throw notFound(resource, name);
  return toVersion(resource, live);
}

export const getObject = (request: ResourceRequest): Reply => json(representOne(request, liveOf(request)));

const WRITABLE = ['application/json', 'application/yaml'];

export function bodyOf(request: ResourceRequest): { value: JsonObject; duplicates: string[] } {
  const type = request.contentType.split(';')[0]?.trim() ?? '';
  if (type !== '' && !WRITABLE.includes(type)) throw unsupportedMediaType(['application/json', 'application/yaml']);
  return readObject(request.body, { yaml: type === 'application/yaml' });
}

/** Kind, apiVersion and namespace of a body must be those of the path. */
function checkIdentity(resource: Resource, namespace: string, body: JsonObject): JsonObject {
  const kind = textAt(body, 'kind');
  const version = textAt(body, 'apiVersion');
  if ((kind !== '' && kind !== resource.kind) || (version !== '' && version !== resource.apiVersion)) {
    throw badRequest(
      `${kind || resource.kind} in version ${JSON.stringify(version.split('/').at(-1) || resource.version)} cannot be handled as a ${resource.kind}: the API version in the data (${version}) does not match the expected API version (${resource.apiVersion})`,
    );
  }
  const own = namespaceOf(body);
  if (!resource.namespaced) return own === '' ? body : withMetadata(body, { namespace: undefined });
  if (own !== '' && own !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return withMetadata(body, { namespace });
}

export function createFrom(request: ResourceRequest): Reply {
  const { resource, cluster } = request;
  const options = writeOptions(request, '');
  const { value, duplicates } = bodyOf(request);
  const { object, unknown } = decode(resource, checkIdentity(resource, request.namespace, value));
  reportFields(unknown, duplicates, { resource, write: options });
  return json(representOne(request, createObject(cluster, resource, { object, options })), 201);
}

export function replaceFrom(request: ResourceRequest, subresource: string): Reply {
  const { resource, cluster, name } = request;
  const options = writeOptions(request, subresource);
  const { value, duplicates } = bodyOf(request);
  const sent = checkIdentity(resource, request.namespace, value);
  const given = nameOf(sent);
  if (given !== '' && given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  const live = liveOf(request);
  const { object, unknown } = decode(resource, given === '' ? withMetadata(sent, { name }) : sent);
  reportFields(unknown, duplicates, { resource, write: options });
  if (given === '')
    throw invalid(resource, name, [
      fieldError('FieldValueInvalid', 'metadata.name', { value: '', why: 'name is required' }),
    ]);
  if (resource.custom && versionOf(object) === '') {
    throw invalid(resource, name, [
      {
        field: 'metadata.resourceVersion',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0x0: must be specified for an update',
      },
    ]);
  }
  return json(representOne(request, updateObject(cluster, resource, { live, next: object, options })));
}

const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

export function patchObject(request: ResourceRequest, subresource: string): Reply {
  const type = request.contentType.split(';')[0]?.trim() ?? '';
  if (!PATCHES.includes(type) || (type === PATCHES[2] && request.resource.custom))
    throw unsupportedMediaType(request.resource.custom ? PATCHES.filter((one) => one !== PATCHES[2]) : PATCHES);
  if (type === 'application/apply-patch+yaml') return applyFrom(request, subresource);
  if (flag(request, 'force')) {
    throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'PatchOptions' }, '', [
      fieldError('FieldValueForbidden', 'force', { why: 'may not be specified for non-apply patch' }),
    ]);
  }
  const options = writeOptions(request, subresource);
  const { resource, cluster, name } = request;
  const live = liveOf(request);
  const { value: patched, duplicates } = applyPatch(resource, live, { type, body: request.body });
  if (nameOf(patched) !== name)
    throw badRequest(`the name of the object (${nameOf(patched)}) does not match the name on the URL (${name})`);
  checkIdentity(resource, request.namespace, patched);
  const { object, unknown } = decode(resource, patched);
  reportFields(unknown, duplicates, { resource, write: options, code: 422 });
  return json(representOne(request, updateObject(cluster, resource, { live, next: object, options })));
}

function applyFrom(request: ResourceRequest, subresource: string): Reply {
  const { resource, cluster, name } = request;
  if ((request.query.get('fieldManager') ?? '') === '') {
    throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'PatchOptions' }, '', [
      fieldError('FieldValueRequired', 'fieldManager', { why: 'is required for apply patch' }),
    ]);
  }
  const options = { ...writeOptions(request, subresource), manager: managerOf(request) };
  const { value, duplicates } = readObject(request.body, { yaml: true });
  if (textAt(value, 'kind') === '' || textAt(value, 'apiVersion') === '')
    throw badRequest(`error decoding patch: Object 'Kind' is missing in '${request.body.slice(0, 100)}'`);
  if (objectAt(value, 'metadata')['managedFields'] !== undefined)
    throw badRequest('metadata.managedFields must be nil');
  const given = nameOf(value);
  if (given !== '' && given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  const checked = withMetadata(checkIdentity(resource, request.namespace, value), { name });
  const config = cleanConfig(resource, checked);
  reportFields(config.unknown, duplicates, { resource, write: options });
  const [unknown] = config.unknown;
  if (unknown !== undefined && !resource.custom) {
    const where = `${request.namespace}/${name}; ${resource.apiVersion}, Kind=${resource.kind}`;
    throw new ApiError({
      code: 500,
      reason: '',
      message: `failed to create typed patch object (${where}): .${unknown}: field not declared in schema`,
    });
  }
  const live = cluster.store.get(resource.storage, request.namespace, name);
  if (!live && subresource !== '') throw notFound(resource, name);
  const { object, created } = applyConfiguration(cluster, resource, {
    live,
    config: config.object,
    options,
    force: flag(request, 'force'),
  });
  return json(representOne(request, object), created ? 201 : 200);
}

/** The configuration as sent, without fields nobody knows: no defaults, no empty structs, so that only what is said is owned. */
function cleanConfig(resource: Resource, body: JsonObject): { object: JsonObject; unknown: string[] } {
  const { unknown } = decode(resource, body);
  let object = dropNulls(body);
  for (const path of resource.custom ? unknown : []) {
    if (!path.includes('[')) object = withValue(object, path.split('.'), undefined);
  }
  return { object, unknown };
}

function dropNulls(value: JsonObject): JsonObject;
function dropNulls(value: JsonValue): JsonValue;
function dropNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => dropNulls(item));
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [name, member] of Object.entries(value)) if (member !== null) out[name] = dropNulls(member);
  return out;
}
