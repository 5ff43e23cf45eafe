import { isObject, objectAt, textAt, valueAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';

/** A copy with the value at `path` replaced; objects on the way are created. `undefined` removes. */
export function withValue(object: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const [head, ...rest] = path;
  if (head === undefined) return object;
  const copy = { ...object };
  if (rest.length > 0) {
    const child = isObject(copy[head]) ? copy[head] : {};
    if (value === undefined && valueAt(child, ...rest) === undefined) return object;
    copy[head] = withValue(child, rest, value);
  } else if (value === undefined) delete copy[head];
  else copy[head] = value;
  return copy;
}

/** A copy with members of `metadata` replaced; `undefined` removes. */
export function withMetadata(object: JsonObject, changes: Record<string, JsonValue | undefined>): JsonObject {
  const metadata: JsonObject = { ...objectAt(object, 'metadata') };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete metadata[name];
    else metadata[name] = value;
  }
  return { ...object, metadata };
}

export const nameOf = (object: JsonObject): string => textAt(object, 'metadata', 'name');
export const namespaceOf = (object: JsonObject): string => textAt(object, 'metadata', 'namespace');
export const uidOf = (object: JsonObject): string => textAt(object, 'metadata', 'uid');
export const versionOf = (object: JsonObject): string => textAt(object, 'metadata', 'resourceVersion');
export const labelsOf = (object: JsonObject): JsonObject => objectAt(object, 'metadata', 'labels');
export const isDeleting = (object: JsonObject): boolean => textAt(object, 'metadata', 'deletionTimestamp') !== '';

/** Seconds since the epoch as RFC 3339 without fractions, the form of every `Time` field. */
export const rfc3339 = (millis: number): string => new Date(millis).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A JSON copy that shares nothing with its source. */
export function cloneJson<T extends JsonValue>(value: T): T;
export function cloneJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => cloneJson(item));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined) copy[key] = cloneJson(member);
  }
  return copy;
}

/** FNV-1a of a text in the alphabet of generated names. */
export function shortHash(text: string, length = 10): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  let out = '';
  for (let index = 0; index < length; index += 1) {
    out += alphabet[Number(hash % 27n)] ?? 'b';
    hash /= 27n;
  }
  return out;
}
