import type { JsonObject, JsonValue } from './manifest.ts';

/** True for a plain JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as an object; an empty one when absent or of another type, so that rules can read deep paths without guards. */
export function objectAt(value: unknown, ...path: string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isObject(found) ? found : {};
}

export function listAt(value: unknown, ...path: string[]): JsonValue[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, ...path: string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The number at a path, or `fallback` when absent or not a number. */
export function numberAt(value: unknown, path: string[], fallback = 0): number {
  const found = valueAt(value, ...path);
  return typeof found === 'number' ? found : fallback;
}

/** The value at a path of field names; undefined where any step is missing. */
export function valueAt(value: unknown, ...path: string[]): JsonValue | undefined {
  let current: unknown = value;
  for (const field of path) {
    if (!isObject(current) || !Object.hasOwn(current, field)) return undefined;
    current = current[field];
  }
  return isJson(current) ? current : undefined;
}

/** Trusts what came through JSON or {@link isObject}: everything there is JSON. */
function isJson(value: unknown): value is JsonValue {
  return value !== undefined;
}

/** Structural equality of JSON; the order of members does not matter, the order of lists does. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  let members = 0;
  for (const key of Object.keys(a)) {
    if (a[key] === undefined) continue;
    members += 1;
    if (!Object.hasOwn(b, key) || !deepEqual(a[key], b[key])) return false;
  }
  return members === Object.keys(b).filter((key) => b[key] !== undefined).length;
}

/** null, '', [] and {} carry nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A copy with each member mapped; members named `__proto__` survive as ordinary ones. */
export function mapMembers<T, U>(object: Record<string, T>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}

/** A copy without the named members; undefined members are dropped too. */
export function omit(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => value !== undefined && !names.includes(key)),
  );
}
