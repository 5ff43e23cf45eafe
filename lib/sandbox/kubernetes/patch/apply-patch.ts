import { applyPatch as applyJsonPatch } from 'rfc6902';
import { isObject, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { readBody, readObject } from '../body.ts';
import { cloneJson } from '../objects.ts';
import type { Resource } from '../resources.ts';
import { ApiError, badRequest } from '../status.ts';
import { mergeStrategic } from './strategic.ts';

/** RFC 7386: null removes, objects merge, everything else replaces. */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const out: JsonObject = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete out[name];
    else out[name] = mergePatch(out[name], value);
  }
  return out;
}

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);
type Operations = Parameters<typeof applyJsonPatch>[1];

function isOperations(value: JsonValue): value is JsonValue[] & Operations {
  return (
    Array.isArray(value) &&
    value.every((one) => OPERATIONS.has(textAt(one, 'op')) && isObject(one) && typeof one['path'] === 'string')
  );
}

const unprocessable = (message: string): ApiError =>
  new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `the server rejected our request due to an error in our request: ${message}`,
  });

function jsonPatch(live: JsonObject, body: string): JsonObject {
  const { value } = readBody(body, { yaml: false });
  if (!isOperations(value)) throw badRequest('error decoding patch: the body must be a list of JSON patch operations');
  if (value.length > 10_000)
    throw new ApiError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `The allowed maximum operations in a JSON patch is 10000, got ${value.length}`,
    });
  const target = cloneJson(live);
  for (const error of applyJsonPatch(target, value)) if (error) throw unprocessable(error.message);
  return target;
}

/** The live object with a patch of one of the three kinds applied. Throws 400 or 422. */
export function applyPatch(
  resource: Resource,
  live: JsonObject,
  patch: { type: string; body: string },
): { value: JsonObject; duplicates: string[] } {
  if (patch.type === 'application/json-patch+json') return { value: jsonPatch(live, patch.body), duplicates: [] };
  const { value, duplicates } = readObject(patch.body, { yaml: false });
  if (patch.type === 'application/strategic-merge-patch+json')
    return { value: mergeStrategic(resource.shape, live, value), duplicates };
  const merged = mergePatch(live, value);
  return { value: isObject(merged) ? merged : {}, duplicates };
}
