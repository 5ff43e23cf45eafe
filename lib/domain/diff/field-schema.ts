import type { JsonValue } from '../resource/manifest.ts';
import { type ListShape, listShape, resolveSchema } from '../schema/navigate.ts';
import type { SchemaDefinitions, SchemaNode } from '../schema/types.ts';

/** The schema of one kind: its own node and the definitions its references mean. */
export interface KindSchema {
  root: SchemaNode;
  definitions: SchemaDefinitions;
}

/** What comparing asks of one field's schema. Nodes are resolved once per definitions and kept. */
export interface FieldSchema {
  readonly list: ListShape;
  readonly atomicMap: boolean;
  /** A map from any name to one type of value: the server adds no members of its own. */
  readonly openMap: boolean;
  readonly intOrString: boolean;
  readonly quantity: boolean;
  readonly time: boolean;
  readonly duration: boolean;
  readonly bytes: boolean;
  readonly defaultValue: JsonValue | undefined;
  field(name: string): FieldSchema | undefined;
  items(): FieldSchema | undefined;
}

const known = new WeakMap<SchemaDefinitions, WeakMap<SchemaNode, FieldSchema>>();

/** The root's field schema. Definitions must not change afterwards. */
export function fieldSchema({ root, definitions }: KindSchema): FieldSchema {
  let fields = known.get(definitions);
  if (fields === undefined) {
    fields = new WeakMap();
    known.set(definitions, fields);
  }
  return build(root, { definitions, fields });
}

interface Source {
  definitions: SchemaDefinitions;
  fields: WeakMap<SchemaNode, FieldSchema>;
}

function build(raw: SchemaNode, source: Source): FieldSchema {
  const existing = source.fields.get(raw);
  if (existing !== undefined) return existing;
  const node = resolveSchema(raw, source.definitions);
  const reference = raw.$ref ?? raw.allOf?.[0]?.$ref ?? '';
  const rest = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
  const schema: FieldSchema = {
    list: listShape(node, source.definitions),
    atomicMap: node['x-kubernetes-map-type'] === 'atomic',
    openMap: rest !== undefined && node.properties === undefined,
    intOrString:
      node['x-kubernetes-int-or-string'] === true ||
      node.format === 'int-or-string' ||
      reference.endsWith('.IntOrString'),
    quantity: node.format === 'quantity' || reference.endsWith('.Quantity'),
    time: node.format === 'date-time',
    duration: node.format === 'duration' || reference.endsWith('.Duration'),
    bytes: node.format === 'byte',
    defaultValue: node.default,
    field(name) {
      const named =
        node.properties !== undefined && Object.hasOwn(node.properties, name) ? node.properties[name] : rest;
      return named === undefined ? undefined : build(named, source);
    },
    items: () => (node.items === undefined ? undefined : build(node.items, source)),
  };
  source.fields.set(raw, schema);
  return schema;
}
