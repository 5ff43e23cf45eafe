import { isObject, listAt, numberAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import type { SchemaNode, SubresourceSchema } from '#lib/domain/schema/types.ts';
import type { Cluster } from '../cluster.ts';
import { members } from '../defaults/set.ts';
import { nameOf, rfc3339 } from '../objects.ts';
import { type PrinterColumn, type Resource, apiVersionOf, builtInResources } from '../resources.ts';
import { amend } from '../write.ts';

const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const texts = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const pathOf = (jsonPath: string): string[] => jsonPath.split('.').filter((step) => step !== '');

function columnOf(raw: JsonObject): PrinterColumn {
  return {
    name: textAt(raw, 'name'),
    type: textAt(raw, 'type'),
    format: textAt(raw, 'format'),
    description: textAt(raw, 'description'),
    priority: numberAt(raw, ['priority']),
    jsonPath: textAt(raw, 'jsonPath'),
  };
}

/** A definition's schema is a schema node as it stands. */
function isSchema(value: JsonValue | undefined): value is JsonObject & SchemaNode {
  return isObject(value);
}

function schemaOf(version: JsonObject): SchemaNode {
  const raw = objectAt(version, 'schema')['openAPIV3Schema'];
  const root: SchemaNode = isSchema(raw) ? raw : {};
  return {
    ...root,
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      ...root.properties,
      metadata: { $ref: OBJECT_META },
    },
  };
}

function subresourcesOf(definition: JsonObject, version: JsonObject): SubresourceSchema[] {
  const raw = objectAt(version, 'subresources');
  const own = {
    group: textAt(definition, 'spec', 'group'),
    version: textAt(version, 'name'),
    kind: textAt(definition, 'spec', 'names', 'kind'),
  };
  const found: SubresourceSchema[] = [];
  if (isObject(raw['status'])) found.push({ name: 'status', kind: own, verbs: ['get', 'patch', 'update'] });
  if (isObject(raw['scale']))
    found.push({
      name: 'scale',
      kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      verbs: ['get', 'patch', 'update'],
    });
  return found;
}

function resourceOf(definition: JsonObject, version: JsonObject): Resource {
  const spec = objectAt(definition, 'spec');
  const names = objectAt(spec, 'names');
  const group = textAt(spec, 'group');
  const plural = textAt(names, 'plural');
  const schema = schemaOf(version);
  const scale = objectAt(version, 'subresources')['scale'];
  const storage = members(spec, 'versions').find((one) => one['storage'] === true);
  return {
    group,
    version: textAt(version, 'name'),
    plural,
    singular: textAt(names, 'singular'),
    kind: textAt(names, 'kind'),
    namespaced: textAt(spec, 'scope') === 'Namespaced',
    shortNames: texts(names['shortNames']),
    categories: texts(names['categories']),
    verbs: VERBS,
    subresources: subresourcesOf(definition, version),
    storage: `${group}/${plural}`,
    apiVersion: apiVersionOf(group, textAt(version, 'name')),
    schema,
    shape: builtInResources().shapes.of(schema),
    custom: {
      crd: nameOf(definition),
      storageVersion: textAt(storage, 'name'),
      status: isObject(objectAt(version, 'subresources')['status']),
      scale: isObject(scale)
        ? {
            spec: pathOf(textAt(scale, 'specReplicasPath')),
            status: pathOf(textAt(scale, 'statusReplicasPath')),
            selector: pathOf(textAt(scale, 'labelSelectorPath')),
          }
        : undefined,
      columns: members(version, 'additionalPrinterColumns').map((one) => columnOf(one)),
      selectableFields: listAt(version, 'selectableFields').map((one) => textAt(one, 'jsonPath').replace(/^\./, '')),
    },
  };
}

/** Serves what a stored definition declares. */
export function serveDefinition(cluster: Cluster, definition: JsonObject): void {
  const served = members(objectAt(definition, 'spec'), 'versions').filter((one) => one['served'] === true);
  cluster.registry.serve(
    nameOf(definition),
    served.map((version) => resourceOf(definition, version)),
  );
}

function establish(cluster: Cluster, definition: JsonObject): void {
  const now = rfc3339(cluster.now());
  const condition = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: 'True',
    lastTransitionTime: now,
    reason,
    message,
  });
  const conditions = [
    condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
    condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
  ];
  const spec = objectAt(definition, 'spec');
  const stored = members(spec, 'versions')
    .filter((one) => one['storage'] === true)
    .map((one) => textAt(one, 'name'));
  const status: JsonObject = { conditions, acceptedNames: objectAt(spec, 'names'), storedVersions: stored };
  amend(cluster, DEFINITIONS, {
    namespace: '',
    name: nameOf(definition),
    manager: 'kube-apiserver',
    subresource: 'status',
    change: (object) => ({ ...object, status }),
  });
}

/** Follows the definitions of a cluster: serves, establishes and withdraws them; their objects go with them. */
export function followDefinitions(cluster: Cluster): void {
  for (const definition of cluster.store.values(DEFINITIONS)) serveDefinition(cluster, definition);
  cluster.store.listen(DEFINITIONS, (event) => {
    if (event.type === 'DELETED') {
      const storage = `${textAt(event.object, 'spec', 'group')}/${textAt(event.object, 'spec', 'names', 'plural')}`;
      for (const object of cluster.store.list(storage)) cluster.store.remove(storage, object);
      cluster.registry.serve(nameOf(event.object), []);
      return;
    }
    serveDefinition(cluster, event.object);
    if (listAt(event.object, 'status', 'conditions').length === 0)
      queueMicrotask(() => establish(cluster, event.object));
  });
}
