import { discover } from './handlers/discovery.ts';
import { deleteCollection, deleteOne } from './handlers/delete.ts';
import { listObjects } from './handlers/list.ts';
import { createFrom, getObject, patchObject, replaceFrom } from './handlers/objects.ts';
import { reviewOf } from './handlers/reviews.ts';
import { handleSubresource } from './handlers/subresources.ts';
import { watchObjects } from './handlers/watch.ts';
import { type ApiRequest, type Reply, type ResourceRequest, flag } from './request.ts';
import { formOf } from './represent.ts';
import { methodNotAllowed, notFound, pathNotFound } from './status.ts';

interface Address {
  group: string;
  version: string;
  namespace: string;
  plural: string;
  name: string;
  subresource: string;
}

/** What a path below `/api` or `/apis` names; undefined when it names nothing. */
export function parsePath(path: string): Address | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const root = parts.shift();
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : (parts.shift() ?? '');
  const version = parts.shift() ?? '';
  let namespace = '';
  const scoped =
    parts[0] === 'namespaces' &&
    parts.length > 2 &&
    !(group === '' && parts.length === 3 && (parts[2] === 'status' || parts[2] === 'finalize'));
  if (scoped) {
    parts.shift();
    namespace = parts.shift() ?? '';
  }
  const [plural = '', name = '', ...rest] = parts;
  if (plural === '' || rest.length > 1) return undefined;
  return { group, version, namespace, plural, name, subresource: rest[0] ?? '' };
}

function verbOf(request: ApiRequest, name: string): string {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return flag(request, 'watch') ? 'watch' : name === '' ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    default:
      return name === '' ? 'deletecollection' : 'delete';
  }
}

/** Answers one request. Throws {@link ApiError} for every refusal. */
export function route(request: ApiRequest): Reply {
  const found = discover(request);
  if (found) return found;
  const address = parsePath(request.path);
  if (!address) throw pathNotFound();
  const resource = request.cluster.registry.find(address.group, address.version, address.plural);
  if (!resource) throw pathNotFound();
  const namespace = resource.namespaced ? address.namespace : '';
  const call: ResourceRequest = {
    ...request,
    resource,
    namespace,
    name: address.name,
    subresource: address.subresource,
  };
  const verb = verbOf(request, address.name);
  request.cluster.count(verb);
  formOf(call);
  return reviewOf(call) ?? dispatch(call, verb);
}

function dispatch(call: ResourceRequest, verb: string): Reply {
  if (call.subresource !== '') return handleSubresource(call);
  const named = call.name !== '';
  if (
    call.resource.namespaced &&
    call.namespace === '' &&
    (named || verb === 'create' || verb === 'deletecollection')
  ) {
    if (named) throw notFound(call.resource, call.name);
    throw methodNotAllowed();
  }
  if (!call.resource.verbs.includes(verb) && !(call.resource.verbs.length === 0)) throw methodNotAllowed();
  switch (verb) {
    case 'watch':
      return watchObjects(call);
    case 'list':
      return listObjects(call);
    case 'get':
      return getObject(call);
    case 'create':
      if (named) throw methodNotAllowed();
      return createFrom(call);
    case 'update':
      if (!named) throw methodNotAllowed();
      return replaceFrom(call, '');
    case 'patch':
      if (!named) throw methodNotAllowed();
      return patchObject(call, '');
    case 'delete':
      return deleteOne(call);
    default:
      return deleteCollection(call);
  }
}
