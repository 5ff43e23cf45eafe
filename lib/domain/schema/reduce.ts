import type { SchemaDefinitions, SchemaNode } from './types.ts';

const SCALARS = ['type', 'format', 'nullable', 'default', 'required', 'enum'] as const;
const EXTENSIONS = [
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-unions',
] as const;
const REF_PREFIX = '#/components/schemas/';
/** These belong to every group version at once; each document names other ones. */
const SHARED_KINDS = new Set(['DeleteOptions', 'WatchEvent']);
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

type Raw = Record<string, unknown>;
const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

function mapValues(raw: Raw): Record<string, SchemaNode> {
  return Object.fromEntries(Object.entries(raw).map(([name, child]) => [name, reduceSchema(child)]));
}

/** A `oneOf` of scalars is Kubernetes' spelling of IntOrString and of Quantity. */
function reduceAlternatives(raw: Raw, node: SchemaNode): void {
  const types = (Array.isArray(raw['oneOf']) ? raw['oneOf'] : []).filter(isRaw).map((one) => one['type']);
  if (raw['format'] === 'int-or-string') node['x-kubernetes-int-or-string'] = true;
  else if (types.includes('string') && types.includes('number')) node.format = 'quantity';
}

/** One schema node without prose: what apply, validation and comparison need and nothing more. */
export function reduceSchema(raw: unknown): SchemaNode {
  if (!isRaw(raw)) return {};
  const wrapped: unknown = Array.isArray(raw['allOf']) && raw['allOf'].length === 1 ? raw['allOf'][0] : undefined;
  const ref = raw['$ref'] ?? (isRaw(wrapped) ? wrapped['$ref'] : undefined);
  const node: SchemaNode = {};
  if (typeof ref === 'string') node.$ref = ref.startsWith(REF_PREFIX) ? ref.slice(REF_PREFIX.length) : ref;
  for (const keyword of [...SCALARS, ...EXTENSIONS]) {
    if (raw[keyword] !== undefined) Object.assign(node, { [keyword]: raw[keyword] });
  }
  if (isRaw(raw['properties'])) node.properties = mapValues(raw['properties']);
  if (isRaw(raw['items'])) node.items = reduceSchema(raw['items']);
  const rest = raw['additionalProperties'];
  if (typeof rest === 'boolean') node.additionalProperties = rest;
  else if (isRaw(rest)) node.additionalProperties = reduceSchema(rest);
  const kinds = raw['x-kubernetes-group-version-kind'];
  if (Array.isArray(kinds) && !kinds.some((one) => isRaw(one) && SHARED_KINDS.has(String(one['kind'])))) {
    Object.assign(node, { 'x-kubernetes-group-version-kind': kinds });
  }
  reduceAlternatives(raw, node);
  return node;
}

/** The definitions of an `/openapi/v3/…` document, reduced; empty when the document has none. */
export function reduceDefinitions(document: unknown): SchemaDefinitions {
  const components = isRaw(document) ? document['components'] : undefined;
  const schemas = isRaw(components) ? components['schemas'] : undefined;
  if (!isRaw(schemas)) return {};
  const reduced = mapValues(schemas);
  const quantity = reduced[QUANTITY];
  if (quantity) quantity.format = 'quantity';
  return reduced;
}
