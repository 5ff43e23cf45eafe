import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { resolveSchema } from '#lib/domain/schema/navigate.ts';
import type { SchemaDefinitions, SchemaNode } from '#lib/domain/schema/types.ts';
import { canonicalQuantity } from './quantity.ts';
import type { Resource } from './resources.ts';
import { ApiError } from './status.ts';

/** A body brought into the form the server stores: known fields only, no nulls, empty structs where Go has them. */
export interface Normalized {
  object: JsonObject;
  /** Paths of fields the schema does not know, in the order met. */
  unknown: string[];
}

interface Walk {
  definitions: SchemaDefinitions;
  unknown: string[];
  /** Structs get their empty members, empty lists and maps go: how Go's types come back as JSON. */
  typed: boolean;
}

interface Spot {
  path: string;
  /** Name of the Go struct the field is in. */
  owner: string;
}

/** Marks a value that cannot be decoded at all; becomes a 400. */
class TypeMismatch extends Error {}

/**
 * Brings a decoded body into stored form. Throws 400 when a field of a built-in kind has the wrong JSON type;
 * custom resources keep wrong types for their validation to name.
 */
export function normalize(
  resource: Pick<Resource, 'schema' | 'shape' | 'custom' | 'kind' | 'version'>,
  body: JsonObject,
): Normalized {
  const walk: Walk = {
    definitions: resource.shape.shapes.definitions,
    unknown: [],
    typed: resource.custom === undefined,
  };
  try {
    const object = cleanObject(resource.schema, body, { walk, spot: { path: '', owner: resource.kind } });
    return { object, unknown: walk.unknown };
  } catch (error) {
    if (!(error instanceof TypeMismatch)) throw error;
    const message = `${resource.kind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: json: ${error.message}`;
    throw new ApiError({ code: 400, reason: 'BadRequest', message });
  }
}

interface Context {
  walk: Walk;
  spot: Spot;
}

const ownerOf = (node: SchemaNode, fallback: string): string => node.$ref?.split('.').at(-1) ?? fallback;

function cleanObject(node: SchemaNode, value: JsonObject, context: Context): JsonObject {
  const { walk, spot } = context;
  const { properties } = node;
  const rest = node.additionalProperties;
  const open = node['x-kubernetes-preserve-unknown-fields'] === true || rest === true;
  const out: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const path = spot.path === '' ? name : `${spot.path}.${name}`;
    const known = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
    const schema = known ?? (typeof rest === 'object' ? rest : undefined);
    if (schema === undefined) {
      if (open) out[name] = member;
      else if (member !== undefined) walk.unknown.push(path);
      continue;
    }
    const cleaned = clean(schema, member, { walk: walkOf(walk, schema), spot: { path, owner: spot.owner } });
    if (cleaned !== undefined) out[name] = cleaned;
  }
  if (walk.typed && properties) fillStructs(properties, out, walk.definitions);
  return out;
}

/** Below a reference into the built-in definitions a custom resource is typed too (its metadata). */
const walkOf = (walk: Walk, schema: SchemaNode): Walk =>
  walk.typed || schema.$ref === undefined ? walk : { ...walk, typed: true };

function fillStructs(properties: Record<string, SchemaNode>, out: JsonObject, definitions: SchemaDefinitions): void {
  for (const name of structFields(properties)) {
    const field = properties[name];
    if (!field) continue;
    if (out[name] === undefined) out[name] = emptyStruct(field, definitions);
  }
}

const structNames = new WeakMap<object, string[]>();

/** Struct members Go always writes: those with an empty object as default. */
function structFields(properties: Record<string, SchemaNode>): string[] {
  let names = structNames.get(properties);
  if (!names) {
    names = Object.keys(properties).filter((name) => {
      const field = properties[name];
      return field?.$ref !== undefined && isObject(field.default) && Object.keys(field.default).length === 0;
    });
    structNames.set(properties, names);
  }
  return names;
}

/** An empty struct with the structs inside it. */
function emptyStruct(field: SchemaNode, definitions: SchemaDefinitions): JsonObject {
  const node = resolveSchema(field, definitions);
  const out: JsonObject = {};
  if (node.properties) fillStructs(node.properties, out, definitions);
  return out;
}

/** What Go's empty object of a kind looks like: the base a create is compared with. */
export function emptyObject(resource: Resource): JsonObject {
  const base: JsonObject = { apiVersion: resource.apiVersion, kind: resource.kind };
  if (resource.custom) return base;
  const { definitions } = resource.shape.shapes;
  fillStructs(resource.schema.properties ?? {}, base, definitions);
  fillRequiredLists(resource.schema, base, definitions);
  return base;
}

function fillRequiredLists(node: SchemaNode, object: JsonObject, definitions: SchemaDefinitions): void {
  const { properties = {}, required = [] } = resolveSchema(node, definitions);
  for (const [name, field] of Object.entries(properties)) {
    const member = object[name];
    if (isObject(member)) fillRequiredLists(field, member, definitions);
    else if (member === undefined && required.includes(name) && resolveSchema(field, definitions).type === 'array')
      object[name] = null;
  }
}

function clean(schema: SchemaNode, value: JsonValue, context: Context): JsonValue | undefined {
  const { walk, spot } = context;
  const node = resolveSchema(schema, walk.definitions);
  if (value === null) return walk.typed || node.nullable !== true ? undefined : null;
  if (node.type === 'array') return cleanList(node, value, context);
  if (node.type === 'object' || node.properties !== undefined) {
    if (!isObject(value)) return mismatch(node, value, context);
    if (node.properties === undefined && node.additionalProperties === undefined) return value;
    const out = cleanObject(node, value, { walk, spot: { ...spot, owner: ownerOf(schema, spot.owner) } });
    const emptyMap = walk.typed && node.properties === undefined && Object.keys(out).length === 0;
    return emptyMap ? undefined : out;
  }
  return cleanScalar(node, value, context);
}

function cleanList(node: SchemaNode, value: JsonValue, context: Context): JsonValue | undefined {
  const { walk, spot } = context;
  if (!Array.isArray(value)) return mismatch(node, value, context);
  if (value.length === 0 && walk.typed) return undefined;
  const items = node.items ?? {};
  return value.map((item, index) => {
    const at = { walk, spot: { path: `${spot.path}[${index}]`, owner: ownerOf(items, spot.owner) } };
    return (
      clean(items, item, at) ??
      (isObject(item) || resolveSchema(items, walk.definitions).type === 'object' ? {} : (items.default ?? null))
    );
  });
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function cleanScalar(node: SchemaNode, value: JsonValue, context: Context): JsonValue | undefined {
  if (!context.walk.typed) return value;
  if (node.format === 'quantity') {
    const canonical = typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(value) : undefined;
    if (canonical === undefined) {
      throw new TypeMismatch(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      );
    }
    return canonical;
  }
  if (node.format === 'int-or-string')
    return typeof value === 'string' || typeof value === 'number' ? value : mismatch(node, value, context);
  if (node.type === 'string') return cleanText(node, value, context);
  if (node.type === 'integer')
    return typeof value === 'number' && Number.isInteger(value) ? value : mismatch(node, value, context);
  if (node.type === 'number') return typeof value === 'number' ? value : mismatch(node, value, context);
  if (node.type === 'boolean') return typeof value === 'boolean' ? value : mismatch(node, value, context);
  return value;
}

function cleanText(node: SchemaNode, value: JsonValue, context: Context): JsonValue | undefined {
  if (typeof value !== 'string') return mismatch(node, value, context);
  if (node.format === 'byte') {
    const bare = value.replaceAll(/\s/g, '');
    if (!BASE64.test(bare))
      throw new TypeMismatch(`illegal base64 data at input byte ${bare.search(/[^A-Za-z0-9+/]/)}`);
    return bare;
  }
  if (node.format === 'date-time' && Number.isNaN(Date.parse(value))) {
    throw new TypeMismatch(`parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  }
  return value;
}

const GO_TYPES: Record<string, string> = {
  string: 'string',
  boolean: 'bool',
  number: 'float64',
  object: 'map',
  array: 'slice',
};

function mismatch(node: SchemaNode, value: JsonValue, context: Context): JsonValue | undefined {
  if (!context.walk.typed) return value;
  const given = Array.isArray(value)
    ? 'array'
    : isObject(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;
  const target = node.type === 'integer' ? (node.format ?? 'int64') : (GO_TYPES[node.type ?? 'object'] ?? 'object');
  const field = context.spot.path.replaceAll(/\[\d+\]/g, '');
  throw new TypeMismatch(
    `cannot unmarshal ${given} into Go struct field ${context.spot.owner}.${field} of type ${target}`,
  );
}
