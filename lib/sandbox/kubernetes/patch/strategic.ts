import { deepEqual, isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { patchStrategy } from '#lib/domain/schema/navigate.ts';
import { type Shape, fieldShape, itemShape } from '../apply/shape.ts';
import { ApiError } from '../status.ts';

const DELETE_LIST = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';
const RETAIN = '$retainKeys';

const fail = (message: string): ApiError => new ApiError({ code: 422, reason: 'Invalid', message });

/** A strategic merge patch: lists merge by the keys of the schema, `$patch` and its kin direct. Throws 422 for misused directives. */
export function mergeStrategic(shape: Shape, live: JsonObject, patch: JsonObject): JsonObject {
  const { $patch: directive, [RETAIN]: retain, ...changes } = patch;
  if (directive === 'replace') return strip(changes);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') throw fail(`unknown patch type: ${JSON.stringify(directive)}`);
  const base = Array.isArray(retain) ? keepOnly(live, retain) : live;
  const out: JsonObject = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    if (name.startsWith(DELETE_LIST)) deleteFromList(out, name.slice(DELETE_LIST.length), value);
    else if (name.startsWith(ORDER)) continue;
    else if (value === null) delete out[name];
    else out[name] = mergeValue(fieldShape(shape, name), out[name], value);
  }
  for (const [name, value] of Object.entries(changes))
    if (name.startsWith(ORDER)) reorder(shape, out, { name: name.slice(ORDER.length), order: value });
  return out;
}

const keepOnly = (object: JsonObject, names: JsonValue[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));

function strip(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name, value]) => !name.startsWith('$') && value !== null));
}

function deleteFromList(object: JsonObject, name: string, values: JsonValue): void {
  const list = object[name];
  if (!Array.isArray(list) || !Array.isArray(values)) return;
  object[name] = list.filter((item) => !values.some((value) => deepEqual(value, item)));
}

function mergeValue(shape: Shape, live: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (isObject(patch)) {
    if (shape.kind === 'any' && !isObject(live)) return patch;
    const { strategies } = patchStrategy(shape.node, shape.shapes.definitions);
    if (strategies.includes('replace')) return strip(patch);
    return mergeStrategic(shape, isObject(live) ? live : {}, patch);
  }
  if (!Array.isArray(patch)) return patch;
  const { strategies, mergeKey } = patchStrategy(shape.node, shape.shapes.definitions);
  if (!strategies.includes('merge')) return patch.filter((item) => !isDirective(item));
  const list = Array.isArray(live) ? live : [];
  return mergeKey === undefined
    ? mergeScalars(list, patch)
    : mergeElements(itemShape(shape), { list, patch, mergeKey });
}

const isDirective = (item: JsonValue): boolean =>
  isObject(item) && typeof item['$patch'] === 'string' && Object.keys(item).length === 1;

function mergeScalars(list: JsonValue[], patch: JsonValue[]): JsonValue[] {
  const out = [...list];
  for (const item of patch) if (!out.some((known) => deepEqual(known, item))) out.push(item);
  return out;
}

function mergeElements(
  element: Shape,
  merge: { list: JsonValue[]; patch: JsonValue[]; mergeKey: string },
): JsonValue[] {
  const { patch, mergeKey } = merge;
  const replaces = patch.some((item) => isDirective(item) && isObject(item) && item['$patch'] === 'replace');
  if (replaces) return patch.filter((item) => !isDirective(item));
  let out = [...merge.list];
  for (const item of patch) {
    if (!isObject(item)) throw fail('patch: expected an object in a list merged by key');
    const key = item[mergeKey];
    if (key === undefined) throw fail(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
    const same = (other: JsonValue): boolean => isObject(other) && deepEqual(other[mergeKey], key);
    const index = out.findIndex(same);
    if (item['$patch'] === 'delete') out = out.filter((other) => !same(other));
    else if (index >= 0) {
      const known = out[index];
      out[index] = mergeStrategic(element, isObject(known) ? known : {}, item);
    } else out.push(mergeStrategic(element, {}, item));
  }
  return out;
}

/** Elements named in the order come in that order; the others keep their place behind the element they followed. */
function reorder(shape: Shape, object: JsonObject, directive: { name: string; order: JsonValue }): void {
  const list = object[directive.name];
  if (!Array.isArray(list) || !Array.isArray(directive.order)) return;
  const { order } = directive;
  const { mergeKey } = patchStrategy(fieldShape(shape, directive.name).node, shape.shapes.definitions);
  const place = (item: JsonValue): number => {
    if (mergeKey === undefined) return order.findIndex((one) => deepEqual(one, item));
    return order.findIndex((one) => isObject(one) && isObject(item) && deepEqual(one[mergeKey], item[mergeKey]));
  };
  const named = list.filter((item) => place(item) >= 0).sort((a, b) => place(a) - place(b));
  let previous = -1;
  const out: JsonValue[] = [];
  for (const item of list) {
    if (place(item) >= 0) {
      previous += 1;
      const next = named[previous];
      if (next !== undefined) out.push(next);
    } else out.push(item);
  }
  object[directive.name] = out;
}
