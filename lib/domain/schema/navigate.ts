import type {
  GroupVersionKind,
  GroupVersionSchema,
  KubernetesSchemaBundle,
  ResourceSchema,
  SchemaDefinitions,
  SchemaNode,
} from './types.ts';

const REF_PREFIX = '#/components/schemas/';
const MAX_HOPS = 16;

/** How a list merges; `map` lists are keyed by the named fields of their elements. */
export type ListShape = { type: 'atomic' } | { type: 'set' } | { type: 'map'; keys: string[] };

/** The definition a `$ref` (or a lone `allOf` around one) stands for; a default beside the reference wins. */
export function resolveSchema(node: SchemaNode, definitions: SchemaDefinitions): SchemaNode {
  let current = node;
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const only = current.allOf?.length === 1 ? current.allOf[0] : undefined;
    const ref = current.$ref ?? only?.$ref;
    if (ref === undefined) return current;
    const target = definitions[ref.startsWith(REF_PREFIX) ? ref.slice(REF_PREFIX.length) : ref];
    if (target === undefined) return {};
    const { $ref: _ref, allOf: _allOf, ...beside } = current;
    current = { ...target, ...beside };
  }
  return {};
}

/** Schema of one property of an object or one value of a map, resolved; undefined when the schema does not know it. */
export function propertySchema(
  node: SchemaNode,
  property: string,
  definitions: SchemaDefinitions,
): SchemaNode | undefined {
  const object = resolveSchema(node, definitions);
  const named =
    object.properties && Object.hasOwn(object.properties, property) ? object.properties[property] : undefined;
  if (named) return resolveSchema(named, definitions);
  const rest = object.additionalProperties;
  return typeof rest === 'object' ? resolveSchema(rest, definitions) : undefined;
}

/** Schema of the elements of a list, resolved; undefined when the node is no list or says nothing about them. */
export function itemSchema(node: SchemaNode, definitions: SchemaDefinitions): SchemaNode | undefined {
  const { items } = resolveSchema(node, definitions);
  return items ? resolveSchema(items, definitions) : undefined;
}

/** Schema at a path of property names, with `*` for "any element of this list"; undefined where it ends. */
export function schemaAt(
  node: SchemaNode,
  path: readonly string[],
  definitions: SchemaDefinitions,
): SchemaNode | undefined {
  let current: SchemaNode | undefined = resolveSchema(node, definitions);
  for (const step of path) {
    if (current === undefined) return undefined;
    current = step === '*' ? itemSchema(current, definitions) : propertySchema(current, step, definitions);
  }
  return current;
}

/** How two writers merge this list. Without a declaration a list is atomic, as for the API server. */
export function listShape(node: SchemaNode, definitions: SchemaDefinitions): ListShape {
  const list = resolveSchema(node, definitions);
  const keys = list['x-kubernetes-list-map-keys'] ?? [];
  const type = list['x-kubernetes-list-type'];
  if (type === 'map' && keys.length > 0) return { type, keys };
  return type === 'set' ? { type } : { type: 'atomic' };
}

/** Whether an object or map is replaced as a whole (`atomic`) or merged field by field. */
export function isAtomicMap(node: SchemaNode, definitions: SchemaDefinitions): boolean {
  return resolveSchema(node, definitions)['x-kubernetes-map-type'] === 'atomic';
}

/** Whether a string and an integer mean the same here (`IntOrString`). */
export function isIntOrString(node: SchemaNode, definitions: SchemaDefinitions): boolean {
  const scalar = resolveSchema(node, definitions);
  return scalar['x-kubernetes-int-or-string'] === true || scalar.format === 'int-or-string';
}

/** Whether the value is an amount such as `500m` or `1Gi`, equal by worth and not by text. */
export function isQuantity(node: SchemaNode, definitions: SchemaDefinitions): boolean {
  return resolveSchema(node, definitions).format === 'quantity';
}

/** Whether fields without a schema are allowed and kept. */
export function keepsUnknownFields(node: SchemaNode, definitions: SchemaDefinitions): boolean {
  const object = resolveSchema(node, definitions);
  if (object['x-kubernetes-preserve-unknown-fields'] === true || object.additionalProperties === true) return true;
  const bare = object.properties === undefined && object.additionalProperties === undefined;
  return bare && (object.type === undefined || object.type === 'object');
}

/** The strategic merge of a field: its strategies (`merge`, `replace`, `retainKeys`) and the key elements merge by. */
export function patchStrategy(
  node: SchemaNode,
  definitions: SchemaDefinitions,
): { strategies: string[]; mergeKey: string | undefined } {
  const field = resolveSchema(node, definitions);
  return {
    strategies: (field['x-kubernetes-patch-strategy'] ?? '').split(',').filter((word) => word !== ''),
    mergeKey: field['x-kubernetes-patch-merge-key'],
  };
}

/** The group version as served, or undefined. */
export function findGroupVersion(
  bundle: KubernetesSchemaBundle,
  wanted: Pick<GroupVersionKind, 'group' | 'version'>,
): GroupVersionSchema | undefined {
  return bundle.groupVersions.find((one) => one.group === wanted.group && one.version === wanted.version);
}

/** The schema of a kind, resolved; undefined when the bundle does not hold it. */
export function findKindSchema(bundle: KubernetesSchemaBundle, kind: GroupVersionKind): SchemaNode | undefined {
  const name = findGroupVersion(bundle, kind)?.kinds[kind.kind];
  return name === undefined ? undefined : bundle.definitions[name];
}

/** The resource that stores a kind; undefined when it is not served. */
export function findResource(bundle: KubernetesSchemaBundle, kind: GroupVersionKind): ResourceSchema | undefined {
  return findGroupVersion(bundle, kind)?.resources.find((resource) => resource.kind === kind.kind);
}
