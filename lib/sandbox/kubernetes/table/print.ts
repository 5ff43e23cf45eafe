import { objectAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import type { ResourceRequest } from '../request.ts';
import { type Column, columnsOf } from './columns.ts';

/** Objects as kubectl prints them. */
export function tableOf(request: ResourceRequest, objects: JsonObject[], resourceVersion: JsonValue): JsonObject {
  const columns = columnsOf(request.resource);
  const include = request.query.get('includeObject') ?? 'Metadata';
  const rows = objects.map((object): JsonObject => ({
    cells: columns.map((column) => column.cell(object, request.cluster.now()) ?? null),
    ...(include === 'None'
      ? {}
      : {
          object:
            include === 'Object'
              ? object
              : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: objectAt(object, 'metadata') },
        }),
  }));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: columns.map((column) => definition(column)),
    rows,
  };
}

function definition(column: Column): JsonObject {
  const format = column.name === 'Name' ? 'name' : (column.format ?? '');
  return {
    name: column.name,
    type: column.type ?? 'string',
    format,
    description: column.description ?? column.name,
    priority: column.priority ?? 0,
  };
}
