import { objectAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { ApiRequest, ResourceRequest } from './request.ts';
import { notAcceptable } from './status.ts';
import { tableOf } from './table/print.ts';
import { toVersion } from './write.ts';

/** How the client wants objects: whole, metadata alone, or as table rows. */
export type Form = 'object' | 'partial' | 'table';

interface MediaType {
  type: string;
  params: Map<string, string>;
}

function mediaTypes(accept: string): MediaType[] {
  return accept.split(',').map((part) => {
    const [type = '', ...params] = part.trim().split(';');
    return {
      type: type.trim(),
      params: new Map(params.map((param) => [param.split('=')[0]?.trim() ?? '', param.split('=')[1]?.trim() ?? ''])),
    };
  });
}

export const asks = (accept: string, as: string): boolean =>
  mediaTypes(accept).some((one) => one.type === 'application/json' && one.params.get('as') === as);

/** The first form of the Accept header this server has. Throws 406 when there is none. */
export function formOf(request: ApiRequest): Form {
  if (request.accept === '') return 'object';
  for (const { type, params } of mediaTypes(request.accept)) {
    const as = params.get('as');
    const known =
      type === 'application/json' ||
      type === 'application/*' ||
      type === '*/*' ||
      type === 'application/yaml' ||
      type === '';
    if (!known) continue;
    if (as === undefined) return 'object';
    if (as === 'Table' && params.get('v') === 'v1') return 'table';
    if (as.startsWith('PartialObjectMetadata') && params.get('v') === 'v1') return 'partial';
  }
  throw notAcceptable();
}

export const wantsYaml = (accept: string): boolean => mediaTypes(accept)[0]?.type === 'application/yaml';

const partial = (object: JsonObject): JsonObject => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata: objectAt(object, 'metadata'),
});

/** One object as the client wants it. */
export function representOne(request: ResourceRequest, object: JsonObject): JsonObject {
  const form = formOf(request);
  if (form === 'partial') return partial(object);
  if (form === 'table') return tableOf(request, [object], objectAt(object, 'metadata')['resourceVersion'] ?? '');
  return object;
}

/** A list as the client wants it. */
export function representList(request: ResourceRequest, objects: JsonObject[], metadata: JsonObject): JsonObject {
  const form = formOf(request);
  const { resource } = request;
  if (form === 'partial') {
    const items = objects.map((object) => partial(object));
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items };
  }
  const shown = objects.map((object) => toVersion(resource, object));
  if (form === 'table') return { ...tableOf(request, shown, metadata['resourceVersion'] ?? ''), metadata };
  const items = resource.custom ? shown : shown.map(({ kind: _kind, apiVersion: _version, ...item }) => item);
  return { kind: `${resource.kind}List`, apiVersion: resource.apiVersion, metadata, items };
}

/** One object inside a watch event. */
export function representEvent(request: ResourceRequest, object: JsonObject, first: boolean): JsonObject {
  const form = formOf(request);
  const shown = toVersion(request.resource, object);
  if (form === 'partial') return partial(shown);
  if (form !== 'table') return shown;
  const table = tableOf(request, [shown], objectAt(shown, 'metadata')['resourceVersion'] ?? '');
  return first ? table : { ...table, columnDefinitions: null };
}
