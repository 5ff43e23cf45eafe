import { deepEqual, isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { ApiError } from '../status.ts';
import { compare, fieldsOf } from './compare.ts';
import {
  type FieldSet,
  difference,
  emptySet,
  fromFieldsV1,
  insertPath,
  intersection,
  isEmptySet,
  pathsOf,
  printPath,
  recursiveDifference,
  union,
} from './field-set.ts';
import {
  type ManagerEntry,
  type Managers,
  capUpdaters,
  decodeManagers,
  managedFieldsOf,
  managerKey,
  withManagers,
  withoutManagers,
} from './managers.ts';
import { mergeApplied, removeFields, withNamedFields } from './merge.ts';
import type { Shape } from './shape.ts';

/** The write being recorded. */
export interface Writer {
  manager: string;
  apiVersion: string;
  /** '' for the object itself. */
  subresource: string;
  /** RFC 3339, whole seconds. */
  now: string;
  /** Fields this endpoint never writes, such as status through the object itself. */
  ignored: FieldSet;
}

const NEVER_OWNED: FieldSet = fromFieldsV1({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
  },
});

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export const ignoredFields = (...names: string[]): FieldSet => {
  const set = emptySet();
  for (const name of names)
    insertPath(
      set,
      name.split('.').map((step) => `f:${step}`),
    );
  return set;
};

function entryOf(writer: Writer, operation: ManagerEntry['operation']): ManagerEntry {
  const { manager, apiVersion, subresource, now } = writer;
  return { manager, operation, apiVersion, subresource, time: now, fields: emptySet() };
}

interface Change {
  before: JsonObject;
  after: JsonObject;
  shape: Shape;
}

/** Takes changed and removed fields from everybody but `self`. Answers what changed, or the conflicts when not forced. */
function settle(change: Change, managers: Managers, options: { self: string; force: boolean; ignored: FieldSet }) {
  const found = compare(change.shape, change.before, change.after);
  const added = recursiveDifference(found.added, options.ignored);
  const modified = recursiveDifference(found.modified, options.ignored);
  const removed = recursiveDifference(found.removed, options.ignored);
  const changed = union(modified, added);
  const conflicts: { entry: ManagerEntry; fields: FieldSet }[] = [];
  for (const [key, entry] of managers) {
    if (key === options.self) continue;
    const fields = intersection(entry.fields, changed);
    if (!isEmptySet(fields)) conflicts.push({ entry, fields });
  }
  if (conflicts.length > 0 && !options.force) return { changed, removed, conflicts };
  for (const [key, entry] of managers) {
    if (key === options.self) continue;
    const rest = difference(difference(entry.fields, changed), removed);
    if (isEmptySet(rest)) managers.delete(key);
    else if (rest.members.size !== entry.fields.members.size || !sameFields(rest, entry.fields)) {
      managers.set(key, { ...entry, fields: rest });
    }
  }
  return { changed, removed, conflicts: [] };
}

const sameFields = (a: FieldSet, b: FieldSet): boolean => isEmptySet(difference(b, a)) && isEmptySet(difference(a, b));

/** Managers of a write: those sent along when they make sense, else those of the live object; a reset empties them. */
function managersForUpdate(
  live: JsonObject,
  next: JsonObject,
  subresource: string,
): { managers: Managers; reset: boolean } {
  const fallback = (): Managers => decodeManagers(managedFieldsOf(live)) ?? new Map<string, ManagerEntry>();
  if (subresource !== '') return { managers: fallback(), reset: false };
  const sent = isObject(next['metadata']) ? next['metadata']['managedFields'] : undefined;
  if (Array.isArray(sent) && (sent.length === 0 || (sent.length === 1 && deepEqual(sent[0], {})))) {
    return { managers: new Map<string, ManagerEntry>(), reset: true };
  }
  const managers = decodeManagers(sent);
  return { managers: managers && managers.size > 0 ? managers : fallback(), reset: false };
}

/**
 * Records a create, update or patch: `next` is what will be stored, `live` what was there (an empty object on create).
 * Answers `next` with `metadata.managedFields`.
 */
export function recordUpdate(
  shape: Shape,
  objects: { live: JsonObject; next: JsonObject; created: boolean },
  writer: Writer,
): JsonObject {
  const { managers, reset } = managersForUpdate(objects.live, objects.next, writer.subresource);
  const before = withoutManagers(objects.live);
  const after = withoutManagers(objects.next);
  if (reset || (managers.size === 0 && !objects.created)) return after;
  const own = entryOf(writer, 'Update');
  const key = managerKey(own);
  const { changed } = settle({ before, after, shape }, managers, { self: '', force: true, ignored: writer.ignored });
  if (!isEmptySet(changed)) {
    const previous = managers.get(key);
    const fields = difference(previous ? union(changed, previous.fields) : changed, NEVER_OWNED);
    if (isEmptySet(fields)) managers.delete(key);
    else managers.set(key, { ...own, fields });
  }
  capUpdaters(managers);
  return withManagers(after, managers);
}

/**
 * Server-side apply of `config` over `live` (an empty object on create). Answers the merged object with its managers.
 * Throws a 409 that names every conflicting field and its manager unless forced, a 400 for lists that cannot be merged.
 */
export function applyObject(
  shape: Shape,
  objects: { live: JsonObject; config: JsonObject; created: boolean },
  options: { writer: Writer; force: boolean },
): JsonObject {
  const { writer } = options;
  const live = withoutManagers(objects.live);
  const known = decodeManagers(managedFieldsOf(objects.live)) ?? new Map<string, ManagerEntry>();
  if (known.size === 0 && !objects.created) claimBeforeApply(shape, live, { writer, managers: known });
  const own = entryOf(writer, 'Apply');
  const key = managerKey(own);
  const last = known.get(key);
  const merged = mergeApplied(shape, live, objects.config);
  const fields = recursiveDifference(fieldsOf(shape, objects.config), writer.ignored);
  const managers: Managers = new Map(known).set(key, { ...own, fields, time: last?.time });
  const mergedObject = isObject(merged) ? merged : {};
  const pruned = prune({ shape, merged: mergedObject }, managers, last);
  const change = { before: live, after: pruned, shape };
  const { conflicts } = settle(change, managers, { self: key, force: options.force, ignored: writer.ignored });
  if (conflicts.length > 0) {
    const allowed = writer.manager === 'kubectl' ? lastAppliedFields(shape, live) : undefined;
    const left = allowed ? conflicts.map((one) => ({ ...one, fields: difference(one.fields, allowed) })) : conflicts;
    const real = left.filter((one) => !isEmptySet(one.fields));
    if (real.length > 0) throw applyConflict(real);
    return applyObject(shape, objects, { writer, force: true });
  }
  const changed = !deepEqual(live, pruned);
  const mine = difference(fields, NEVER_OWNED);
  if (isEmptySet(mine)) managers.delete(key);
  else managers.set(key, { ...own, fields: mine, time: changed ? writer.now : last?.time });
  return withManagers(pruned, managers);
}

/** Objects from before managers were tracked: everything there belongs to `before-first-apply`. */
function claimBeforeApply(shape: Shape, live: JsonObject, state: { writer: Writer; managers: Managers }): void {
  const own = { ...entryOf(state.writer, 'Update'), manager: 'before-first-apply', subresource: '' };
  const found = compare(shape, { apiVersion: live['apiVersion'] ?? '', kind: live['kind'] ?? '' }, live);
  const fields = difference(recursiveDifference(union(found.added, found.modified), state.writer.ignored), NEVER_OWNED);
  if (!isEmptySet(fields)) state.managers.set(managerKey(own), { ...own, fields });
}

/** Removes what the applier set last time, not this time, and nobody else owns. */
function prune(
  from: { shape: Shape; merged: JsonObject },
  managers: Managers,
  last: ManagerEntry | undefined,
): JsonObject {
  const { shape, merged } = from;
  if (last === undefined || isEmptySet(last.fields)) return merged;
  const now = managers.get(managerKey(last));
  if (now && isEmptySet(difference(last.fields, now.fields))) return merged;
  const lastFields = withNamedFields(last.fields, shape);
  const first = asObject(removeFields(shape, merged, lastFields));
  let owned = emptySet();
  for (const entry of managers.values()) owned = union(owned, entry.fields);
  const all = withNamedFields(fieldsOf(shape, merged), shape);
  const kept = union(withNamedFields(fieldsOf(shape, first), shape), withNamedFields(owned, shape));
  const second = asObject(removeFields(shape, merged, difference(all, kept)));
  const left = withNamedFields(fieldsOf(shape, second), shape);
  return asObject(removeFields(shape, merged, intersection(difference(all, left), lastFields)));
}

const asObject = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});

/** Fields kubectl's client-side apply wrote and nobody changed since: `kubectl apply --server-side` may take them. */
function lastAppliedFields(shape: Shape, live: JsonObject): FieldSet | undefined {
  const metadata = isObject(live['metadata']) ? live['metadata'] : {};
  const text = isObject(metadata['annotations']) ? metadata['annotations'][LAST_APPLIED] : undefined;
  if (typeof text !== 'string') return undefined;
  let applied: unknown;
  try {
    applied = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(applied) || applied['apiVersion'] !== live['apiVersion']) return undefined;
  const found = compare(shape, applied, live);
  const same = difference(difference(difference(fieldsOf(shape, applied), found.modified), found.added), found.removed);
  insertPath(same, ['f:metadata', 'f:annotations', `f:${LAST_APPLIED}`]);
  return same;
}

function printManager(entry: ManagerEntry): string {
  const name = JSON.stringify(entry.manager);
  const who = entry.subresource === '' ? name : `${name} with subresource ${JSON.stringify(entry.subresource)}`;
  return entry.operation === 'Update' ? `${who} using ${entry.apiVersion}` : who;
}

function applyConflict(conflicts: { entry: ManagerEntry; fields: FieldSet }[]): ApiError {
  const all = conflicts.flatMap(({ entry, fields }) =>
    pathsOf(fields).map((path) => ({ manager: printManager(entry), field: printPath(path) })),
  );
  const [only] = all;
  const byManager = Map.groupBy(all, (one) => one.manager);
  const lines = [...byManager.keys()]
    .sort()
    .flatMap((manager) => [
      `conflicts with ${manager}:`,
      ...(byManager.get(manager) ?? []).map(({ field }) => `- ${field}`),
    ]);
  const message =
    all.length === 1 && only
      ? `Apply failed with 1 conflict: conflict with ${only.manager}: ${only.field}`
      : `Apply failed with ${all.length} conflicts: ${lines.join('\n')}`;
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message,
    details: {
      causes: all.map(({ manager, field }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${manager}`,
        field,
      })),
    },
  });
}
