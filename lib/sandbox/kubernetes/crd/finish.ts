import { isObject, objectAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { resolveSchema } from '#lib/domain/schema/navigate.ts';
import type { SchemaDefinitions, SchemaNode } from '#lib/domain/schema/types.ts';
import { cloneJson, nameOf } from '../objects.ts';
import type { Resource } from '../resources.ts';
import { type FieldError, fieldError, invalid } from '../status.ts';

/** A pruned custom object with the defaults of its schema. Throws 422 for what the schema forbids. */
export function finishCustom(resource: Resource, object: JsonObject): JsonObject {
  const { definitions } = resource.shape.shapes;
  const { metadata, ...body } = object;
  const { metadata: _own, apiVersion: _version, kind: _kind, ...properties } = resource.schema.properties ?? {};
  const schema: SchemaNode = { ...resource.schema, properties };
  const filled = withDefaults(schema, body, definitions);
  const errors: FieldError[] = [];
  check(schema, filled, { path: '', definitions, errors });
  if (errors.length > 0) throw invalid(resource, nameOf(object), errors);
  return { ...(isObject(filled) ? filled : body), metadata: metadata ?? objectAt(object, 'metadata') };
}

function withDefaults(schema: SchemaNode, value: JsonValue, definitions: SchemaDefinitions): JsonValue {
  const node = resolveSchema(schema, definitions);
  if (Array.isArray(value))
    return node.items ? value.map((item) => withDefaults(node.items ?? {}, item, definitions)) : value;
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const field = fieldOf(node, name);
    const fallback = field?.default;
    if (member === null && fallback !== undefined && field?.nullable !== true) out[name] = cloneJson(fallback);
    else out[name] = field ? withDefaults(field, member, definitions) : member;
  }
  for (const [name, field] of Object.entries(node.properties ?? {})) {
    if (out[name] === undefined && field.default !== undefined)
      out[name] = withDefaults(field, cloneJson(field.default), definitions);
  }
  return out;
}

function fieldOf(node: SchemaNode, name: string): SchemaNode | undefined {
  if (node.properties && Object.hasOwn(node.properties, name)) return node.properties[name];
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

interface Context {
  path: string;
  definitions: SchemaDefinitions;
  errors: FieldError[];
}

const typeOf = (value: JsonValue): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'integer'
          : 'number'
        : typeof value;

function fits(node: SchemaNode, value: JsonValue): boolean {
  const type = typeOf(value);
  if (node['x-kubernetes-int-or-string'] === true) return type === 'integer' || type === 'string';
  if (node.type === undefined || (value === null && node.nullable === true)) return true;
  return type === node.type || (node.type === 'number' && type === 'integer');
}

function fail(context: Context, value: JsonValue, why: string): void {
  context.errors.push(fieldError('FieldValueInvalid', context.path, { value, why: `${context.path} in body ${why}` }));
}

function check(schema: SchemaNode, value: JsonValue, context: Context): void {
  const node = resolveSchema(schema, context.definitions);
  if (!fits(node, value)) {
    const shown: JsonValue = isObject(value) || Array.isArray(value) ? typeOf(value) : value;
    const why = `${context.path} in body must be of type ${node.type ?? 'string'}: ${JSON.stringify(typeOf(value))}`;
    context.errors.push({
      ...fieldError('FieldValueTypeInvalid', context.path, {
        value: typeOf(shown) === 'object' ? 'object' : typeOf(value),
        why,
      }),
    });
    return;
  }
  if (node.enum && !node.enum.includes(value)) {
    const supported = node.enum.map((one) => JSON.stringify(one)).join(', ');
    context.errors.push(
      fieldError('FieldValueNotSupported', context.path, { value, why: `supported values: ${supported}` }),
    );
  }
  if (typeof value === 'number') checkNumber(node, value, context);
  else if (typeof value === 'string') checkText(node, value, context);
  else if (Array.isArray(value)) checkList(node, value, context);
  else if (isObject(value)) checkObject(node, value, context);
}

function checkNumber(node: SchemaNode, value: number, context: Context): void {
  const { minimum, maximum, multipleOf } = node;
  if (minimum !== undefined && (value < minimum || (node.exclusiveMinimum === true && value === minimum))) {
    fail(context, value, `should be greater than ${node.exclusiveMinimum === true ? '' : 'or equal to '}${minimum}`);
  }
  if (maximum !== undefined && (value > maximum || (node.exclusiveMaximum === true && value === maximum))) {
    fail(context, value, `should be less than ${node.exclusiveMaximum === true ? '' : 'or equal to '}${maximum}`);
  }
  if (multipleOf !== undefined && value % multipleOf !== 0)
    fail(context, value, `should be a multiple of ${multipleOf}`);
}

function checkText(node: SchemaNode, value: string, context: Context): void {
  if (node.minLength !== undefined && value.length < node.minLength)
    fail(context, value, `should be at least ${node.minLength} chars long`);
  if (node.maxLength !== undefined && value.length > node.maxLength) {
    context.errors.push(
      fieldError('FieldValueTooLong', context.path, { why: `may not be more than ${node.maxLength} bytes` }),
    );
  }
  if (node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(value))
    fail(context, value, `should match '${node.pattern}'`);
}

function checkList(node: SchemaNode, value: JsonValue[], context: Context): void {
  if (node.minItems !== undefined && value.length < node.minItems)
    fail(context, value.length, `should have at least ${node.minItems} items`);
  if (node.maxItems !== undefined && value.length > node.maxItems) {
    context.errors.push(
      fieldError('FieldValueTooMany', context.path, {
        value: value.length,
        why: `must have at most ${node.maxItems} items`,
      }),
    );
  }
  checkUnique(node, value, context);
  const { items } = node;
  if (items) value.forEach((item, index) => check(items, item, { ...context, path: `${context.path}[${index}]` }));
}

function checkUnique(node: SchemaNode, value: JsonValue[], context: Context): void {
  const type = node['x-kubernetes-list-type'];
  if (type !== 'map' && type !== 'set') return;
  const keys = node['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const key: JsonValue =
      type === 'set'
        ? item
        : Object.fromEntries(keys.map((name) => [name, isObject(item) ? (item[name] ?? null) : null]));
    const text = JSON.stringify(key);
    if (seen.has(text))
      context.errors.push(fieldError('FieldValueDuplicate', `${context.path}[${index}]`, { value: key }));
    seen.add(text);
  });
}

function checkObject(node: SchemaNode, value: JsonObject, context: Context): void {
  for (const name of node.required ?? []) {
    if (value[name] === undefined)
      context.errors.push(fieldError('FieldValueRequired', context.path === '' ? name : `${context.path}.${name}`));
  }
  for (const [name, member] of Object.entries(value)) {
    const field = fieldOf(node, name);
    if (field) check(field, member, { ...context, path: context.path === '' ? name : `${context.path}.${name}` });
  }
}
