import { isObject, listAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { type FieldSet, fromFieldsV1, isEmptySet, toFieldsV1, union } from './field-set.ts';

/** Who owns which fields, by one kind of operation. `time` is RFC 3339; absent when the entry never changed the object. */
export interface ManagerEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
  time: string | undefined;
  fields: FieldSet;
}

export type Managers = Map<string, ManagerEntry>;

/** Appliers are one per name and subresource, updaters one per API version too. */
export function managerKey(entry: Omit<ManagerEntry, 'time' | 'fields'>): string {
  const version = entry.operation === 'Apply' ? '' : entry.apiVersion;
  return [entry.operation, entry.manager, version, entry.subresource].join('\u0000');
}

const decoded = new WeakMap<object, FieldSet>();

function fieldsOfEntry(fields: JsonValue | undefined): FieldSet {
  if (!isObject(fields)) return fromFieldsV1(undefined);
  let set = decoded.get(fields);
  if (set === undefined) decoded.set(fields, (set = fromFieldsV1(fields)));
  return set;
}

/** Reads `metadata.managedFields`; null when it is malformed. */
export function decodeManagers(list: JsonValue | undefined): Managers | null {
  const managers: Managers = new Map();
  if (!Array.isArray(list)) return managers;
  for (const raw of list) {
    const operation = textAt(raw, 'operation');
    const apiVersion = textAt(raw, 'apiVersion');
    if (operation !== 'Apply' && operation !== 'Update') return null;
    if (apiVersion === '' || textAt(raw, 'fieldsType') !== 'FieldsV1' || !isObject(raw)) return null;
    const entry: ManagerEntry = {
      manager: textAt(raw, 'manager'),
      operation,
      apiVersion,
      subresource: textAt(raw, 'subresource'),
      time: textAt(raw, 'time') || undefined,
      fields: fieldsOfEntry(raw['fieldsV1']),
    };
    managers.set(managerKey(entry), entry);
  }
  return managers;
}

const encoded = new WeakMap<FieldSet, JsonObject>();

function encodeFields(set: FieldSet): JsonObject {
  let fields = encoded.get(set);
  if (fields === undefined) {
    encoded.set(set, (fields = toFieldsV1(set)));
    decoded.set(fields, set);
  }
  return fields;
}

const before = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Writes `metadata.managedFields`, appliers first, then by time, name, version and subresource. */
export function encodeManagers(managers: Managers): JsonValue[] {
  const entries = [...managers.values()].filter((entry) => !isEmptySet(entry.fields));
  entries.sort(
    (a, b) =>
      before(a.operation, b.operation) ||
      before(a.time ?? '', b.time ?? '') ||
      before(a.manager, b.manager) ||
      before(a.apiVersion, b.apiVersion) ||
      before(a.subresource, b.subresource),
  );
  return entries.map((entry) => ({
    manager: entry.manager,
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    ...(entry.time === undefined ? {} : { time: entry.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFields(entry.fields),
    ...(entry.subresource === '' ? {} : { subresource: entry.subresource }),
  }));
}

const MAX_UPDATERS = 10;

/** Beyond ten updaters the oldest of one version are merged into `ancient-changes`. */
export function capUpdaters(managers: Managers): void {
  const updaters = [...managers.entries()].filter(([, entry]) => entry.operation === 'Update');
  updaters.sort(([a, x], [b, y]) => before(x.time ?? '', y.time ?? '') || before(a, b));
  let count = updaters.length;
  const first = new Map<string, string>();
  for (const [key, entry] of updaters) {
    if (count <= MAX_UPDATERS) return;
    const bucketEntry: ManagerEntry = { ...entry, manager: 'ancient-changes', subresource: '' };
    const bucketKey = managerKey(bucketEntry);
    const firstKey = first.get(entry.apiVersion);
    if (firstKey === undefined) {
      first.set(entry.apiVersion, key);
      continue;
    }
    const bucket = managers.get(bucketKey) ?? managers.get(firstKey);
    managers.delete(firstKey);
    managers.delete(key);
    managers.set(bucketKey, { ...bucketEntry, fields: bucket ? union(bucket.fields, entry.fields) : entry.fields });
    count -= 1;
  }
}

/** `metadata.managedFields` of an object as a list; [] when absent. */
export const managedFieldsOf = (object: JsonObject): JsonValue[] => listAt(object, 'metadata', 'managedFields');

/** The object without `metadata.managedFields`. */
export function withoutManagers(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isObject(metadata) || !Object.hasOwn(metadata, 'managedFields')) return object;
  const { managedFields: _managers, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** The object with `metadata.managedFields` replaced. */
export function withManagers(object: JsonObject, managers: Managers): JsonObject {
  const list = encodeManagers(managers);
  const bare = withoutManagers(object);
  if (list.length === 0) return bare;
  return { ...bare, metadata: { ...(isObject(bare['metadata']) ? bare['metadata'] : {}), managedFields: list } };
}
