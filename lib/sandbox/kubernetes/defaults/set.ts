import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';

/** Sets a member in place where it is absent. Defaults work on freshly normalised objects, which nobody shares. */
export function fill(object: JsonObject, name: string, value: JsonValue): void {
  if (object[name] === undefined || object[name] === null) object[name] = value;
}

/** The member as an object to change in place; created when absent. */
export function ensureObject(object: JsonObject, name: string): JsonObject {
  const found = object[name];
  if (isObject(found)) return found;
  const made: JsonObject = {};
  object[name] = made;
  return made;
}

/** The member if it is an object. */
export function member(object: JsonObject, name: string): JsonObject | undefined {
  const found = object[name];
  return isObject(found) ? found : undefined;
}

/** The objects of a list member. */
export function members(object: JsonObject, name: string): JsonObject[] {
  const found = object[name];
  return Array.isArray(found) ? found.filter(isObject) : [];
}
