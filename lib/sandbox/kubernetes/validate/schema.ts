import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { resolveSchema } from '#lib/domain/schema/navigate.ts';
import type { SchemaDefinitions, SchemaNode } from '#lib/domain/schema/types.ts';
import { type FieldError, fieldError } from '../status.ts';

/** Required in the schema, yet the server takes objects without them. */
const OPTIONAL_AFTER_ALL = new Set([
  'rules',
  'subsets',
  'endpoints',
  'port',
  'maxReplicas',
  'status',
  'nonResourceURLs',
  'driver',
  'value',
  'conditions',
]);

/** What the published schema says about a built-in object: required fields and enumerations, status aside. */
export function schemaErrors(schema: SchemaNode, object: JsonObject, definitions: SchemaDefinitions): FieldError[] {
  const errors: FieldError[] = [];
  const { properties = {}, required = [] } = schema;
  for (const name of required)
    if (name !== 'metadata' && name !== 'status' && object[name] === undefined && !OPTIONAL_AFTER_ALL.has(name))
      errors.push(fieldError('FieldValueRequired', name));
  for (const [name, value] of Object.entries(object)) {
    const field = properties[name];
    if (field && !['metadata', 'status', 'apiVersion', 'kind'].includes(name))
      walk(field, value, { path: name, definitions, errors });
  }
  return errors;
}

interface Context {
  path: string;
  definitions: SchemaDefinitions;
  errors: FieldError[];
}

function walk(schema: SchemaNode, value: JsonValue, context: Context): void {
  const node = resolveSchema(schema, context.definitions);
  if (Array.isArray(value)) {
    const items = node.items;
    if (items) value.forEach((item, index) => walk(items, item, { ...context, path: `${context.path}[${index}]` }));
    return;
  }
  if (isObject(value)) {
    for (const name of node.required ?? []) {
      const found = value[name];
      if (found !== undefined && found !== null && found !== '') continue;
      if (!OPTIONAL_AFTER_ALL.has(name))
        context.errors.push(fieldError('FieldValueRequired', `${context.path}.${name}`));
    }
    for (const [name, member] of Object.entries(value)) {
      const field = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
      if (field) walk(field, member, { ...context, path: `${context.path}.${name}` });
    }
    return;
  }
  if (node.enum && !node.enum.includes(value)) {
    const supported = node.enum.map((one) => JSON.stringify(one)).join(', ');
    context.errors.push(
      fieldError('FieldValueNotSupported', context.path, { value, why: `supported values: ${supported}` }),
    );
  }
}
