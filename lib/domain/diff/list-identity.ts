import { isObject } from '../resource/json.ts';
import type { JsonObject, JsonValue } from '../resource/manifest.ts';
import type { FieldSchema } from './field-schema.ts';
import { keyDefault } from './known-defaults.ts';
import type { PathStep } from './paths.ts';

/** Keys that name the items of well-known lists, tried in order where no schema speaks. */
const BY_FIELD: Record<string, readonly (readonly string[])[]> = {
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  ports: [['containerPort', 'protocol'], ['port', 'protocol'], ['containerPort'], ['port'], ['name']],
  hostAliases: [['ip']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  ownerReferences: [['uid']],
  conditions: [['type']],
};
const ANYWHERE: readonly (readonly string[])[] = [['name'], ['key'], ['id']];

/** Indexes a list by its map keys; a key left out takes its default. Null when an item is no object or two share their keys. */
export function indexByKeys(
  list: readonly JsonValue[],
  keys: readonly string[],
  item: FieldSchema | undefined,
): Map<string, JsonObject> | null {
  const byKey = new Map<string, JsonObject>();
  for (const entry of list) {
    if (!isObject(entry)) return null;
    byKey.set(keyText(entry, keys, item), entry);
  }
  return byKey.size === list.length ? byKey : null;
}

function keyText(entry: JsonObject, keys: readonly string[], item: FieldSchema | undefined): string {
  let text = '';
  for (const key of keys) {
    const value = entry[key] ?? item?.field(key)?.defaultValue ?? keyDefault(key);
    text += typeof value === 'string' ? `\u0000s${value}` : `\u0000${JSON.stringify(value)}`;
  }
  return text;
}

/** The step that names an item: the keys it has, in the order of the schema. */
export function keyStep(entry: JsonObject, keys: readonly string[]): PathStep {
  const named: [string, JsonValue][] = [];
  for (const key of keys) {
    const value = entry[key] ?? keyDefault(key);
    if (value !== undefined) named.push([key, value]);
  }
  return { keys: Object.fromEntries(named) };
}

/** The keys that tell the items of both lists apart, guessed from the field's name; null when none do. */
export function guessKeys(field: string, ...lists: readonly JsonValue[][]): readonly string[] | null {
  const candidates = [...(Object.hasOwn(BY_FIELD, field) ? (BY_FIELD[field] ?? []) : []), ...ANYWHERE];
  const fits = (keys: readonly string[], list: JsonValue[]): boolean =>
    list.every((entry) => isObject(entry) && keys.every((key) => (entry[key] ?? keyDefault(key)) !== undefined)) &&
    indexByKeys(list, keys, undefined) !== null;
  return candidates.find((keys) => lists.every((list) => fits(keys, list))) ?? null;
}
