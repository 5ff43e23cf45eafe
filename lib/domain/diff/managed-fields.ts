import { isObject } from '../resource/json.ts';
import type { JsonObject, JsonValue, ManagedFieldsEntry } from '../resource/manifest.ts';
import { FIELD_MANAGER } from '../resource/tracking.ts';
import { parsePath, type PathStep } from './paths.ts';

/** One writer of a field, as `metadata.managedFields` knows it. `time` is ISO 8601. */
export interface FieldOwner {
  manager: string;
  operation: 'Apply' | 'Update';
  time: string | undefined;
  subresource: string | undefined;
}

/** Who made a difference; `certain: false` when no one owns the field any more and the newest other writer is named instead. */
export interface Attribution extends FieldOwner {
  certain: boolean;
}

/** Every manager that owns the field at a path, newest first. */
export function managersOf(
  path: string | readonly PathStep[],
  managedFields: readonly ManagedFieldsEntry[] | undefined,
): FieldOwner[] {
  const steps = typeof path === 'string' ? parsePath(path) : path;
  if (steps === null || managedFields === undefined) return [];
  return newestFirst(managedFields.filter((entry) => owns(entry.fieldsV1, steps)));
}

/**
 * Who stands behind a difference at a path. A writer other than ourselves that owns the field wins; then ourselves;
 * when nobody owns it (somebody removed it) the newest foreign `Update` after our last apply, uncertain. Null when nothing is known.
 */
export function attribute(
  path: string | readonly PathStep[],
  managedFields: readonly ManagedFieldsEntry[] | undefined,
  own: string = FIELD_MANAGER,
): Attribution | null {
  const owners = managersOf(path, managedFields);
  const owner = owners.find(({ manager }) => manager !== own) ?? owners[0];
  if (owner !== undefined) return { ...owner, certain: true };
  const all = newestFirst(managedFields ?? []);
  const applied = all.find(({ manager, operation }) => manager === own && operation === 'Apply')?.time ?? '';
  const updated = all.find(
    ({ manager, operation, subresource, time }) =>
      manager !== own && operation === 'Update' && subresource !== 'status' && (time ?? '') >= applied,
  );
  return updated === undefined ? null : { ...updated, certain: false };
}

/**
 * True when the field stands as we last applied it: whoever changes a value takes it from its owners. Of a field with parts
 * (a map, a list merged by keys) nothing is said.
 */
export function isAsApplied(
  path: string | readonly PathStep[],
  managedFields: readonly ManagedFieldsEntry[] | undefined,
  own: string = FIELD_MANAGER,
): boolean {
  const steps = typeof path === 'string' ? parsePath(path) : path;
  if (steps === null || steps.length === 0) return false;
  const entries = (managedFields ?? []).filter((entry) => owns(entry.fieldsV1, steps));
  return (
    entries.length > 0 &&
    entries.every(
      ({ manager, operation, fieldsV1 = {} }) =>
        manager === own && operation === 'Apply' && isWhole(nodeAt(fieldsV1, steps)),
    )
  );
}

/** The node at the steps, or the whole one above them. */
function nodeAt(set: JsonObject, steps: readonly PathStep[]): JsonObject {
  let node = set;
  for (const step of steps) {
    const next = fieldNode(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node;
}

/**
 * The set (`fieldsV1`) that a manager applied and nobody else owns with it: what an apply without those fields would remove.
 * Undefined when the manager never applied.
 */
export function ownedFields(
  managedFields: readonly ManagedFieldsEntry[] | undefined,
  manager: string = FIELD_MANAGER,
): JsonObject | undefined {
  const isOurs = (entry: ManagedFieldsEntry): boolean =>
    entry.manager === manager && entry.operation === 'Apply' && entry.subresource === undefined;
  const ours = managedFields?.find(isOurs)?.fieldsV1;
  if (ours === undefined) return undefined;
  let rest = ours;
  for (const entry of managedFields ?? [])
    if (!isOurs(entry) && entry.fieldsV1 !== undefined) rest = subtract(rest, entry.fieldsV1);
  return rest;
}

/** The node of a `fieldsV1` set below one step; undefined when the set does not hold it. An item of a map list matches by its keys. */
export function fieldNode(set: JsonObject, step: PathStep): JsonObject | undefined {
  if ('field' in step) return member(set, `f:${step.field}`);
  if ('index' in step) return member(set, `i:${step.index}`);
  if ('value' in step) return member(set, `v:${JSON.stringify(step.value)}`);
  for (const [name, node] of Object.entries(set)) {
    if (name.startsWith('k:') && isObject(node) && sameKeys(name.slice(2), step.keys)) return node;
  }
  return undefined;
}

/** True when a node stands for the whole value below it: a leaf, or an atomic list or map. */
export function isWhole(node: JsonObject): boolean {
  for (const _ in node) return false;
  return true;
}

function owns(set: JsonObject | undefined, steps: readonly PathStep[]): boolean {
  if (set === undefined) return false;
  let node = set;
  for (const [depth, step] of steps.entries()) {
    if (depth > 0 && isWhole(node)) return true;
    const next = fieldNode(node, step);
    if (next === undefined) return false;
    node = next;
  }
  return true;
}

function newestFirst(entries: readonly ManagedFieldsEntry[]): FieldOwner[] {
  return entries
    .map(({ manager, operation, time, subresource }) => ({ manager, operation, time, subresource }))
    .sort((a, b) => {
      const [left, right] = [a.time ?? '', b.time ?? ''];
      if (left !== right) return left < right ? 1 : -1;
      return a.manager < b.manager ? -1 : Number(a.manager > b.manager);
    });
}

/** Takes away the leaves (and `.` marks) that `other` holds too. */
function subtract(set: JsonObject, other: JsonObject): JsonObject {
  const rest: JsonObject = {};
  for (const [name, node] of Object.entries(set)) {
    const shared = other[name];
    if (!isObject(node) || !isObject(shared)) {
      rest[name] = node;
      continue;
    }
    if (isWhole(node)) continue;
    const below = subtract(node, shared);
    if (!isWhole(below)) rest[name] = below;
  }
  return rest;
}

function member(set: JsonObject, name: string): JsonObject | undefined {
  const node = Object.hasOwn(set, name) ? set[name] : undefined;
  return isObject(node) ? node : undefined;
}

/** A key our side left out is a default the server filled, so only the keys both sides name must agree. */
function sameKeys(json: string, keys: Record<string, JsonValue>): boolean {
  const theirs: unknown = safeJson(json);
  if (!isObject(theirs)) return false;
  return Object.entries(keys).every(([key, value]) => theirs[key] === value);
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
