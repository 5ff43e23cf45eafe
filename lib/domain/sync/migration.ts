import { isWhole } from '../diff/managed-fields.ts';
import { isObject } from '../resource/json.ts';
import type { JsonObject, ManagedFieldsEntry, Manifest } from '../resource/manifest.ts';
import { FIELD_MANAGER } from '../resource/tracking.ts';

/** Where a client-side apply keeps what it applied last. */
const LAST_APPLIED = 'f:kubectl.kubernetes.io/last-applied-configuration';
const KUBECTL = 'kubectl-client-side-apply';

/** What taking over an object does to its managers. */
export interface Migration {
  /** The entries to store in place of the live ones. */
  managedFields: ManagedFieldsEntry[];
  /** Who applied from the client's side before, and how many fields of theirs become ours. */
  from: { manager: string; fields: number }[];
}

/**
 * Makes the fields of client-side applies (`kubectl apply`, Argo CD's own) our applied ones, so that what Git leaves out goes
 * with the next apply as it would have gone with theirs. Null where nobody applied from the client's side.
 */
export function migrationOf({ apiVersion, metadata }: Manifest): Migration | null {
  const { managedFields = [] } = metadata;
  const theirs = managedFields.filter(isClientSide);
  if (theirs.length === 0) return null;
  const ours = managedFields.find(isOurs);
  const time = ours?.time ?? theirs.find((entry) => entry.time !== undefined)?.time;
  const merged: ManagedFieldsEntry = {
    manager: FIELD_MANAGER,
    operation: 'Apply',
    apiVersion: ours?.apiVersion ?? theirs[0]?.apiVersion ?? apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: theirs.reduce<JsonObject>((set, { fieldsV1 = {} }) => union(set, fieldsV1), ours?.fieldsV1 ?? {}),
  };
  return {
    managedFields: [merged, ...managedFields.filter((entry) => !isOurs(entry) && !isClientSide(entry))],
    from: theirs.map(({ manager, fieldsV1 = {} }) => ({ manager, fields: leavesOf(fieldsV1) })),
  };
}

/** The takeover in words: `takes over 4 fields from kubectl-client-side-apply`. */
export function migrationWords({ from }: Migration): string {
  const parts = from.map(({ manager, fields }) => `${fields} ${fields === 1 ? 'field' : 'fields'} from ${manager}`);
  return `takes over ${parts.join(' and ')}`;
}

/** Fields and who manages them: `.spec.replicas (autoscaler)`. */
export function contestedWords(contested: readonly { manager: string; field: string }[]): string {
  return contested.map(({ manager, field }) => `${field} (${manager})`).join(', ');
}

/** Whether a manager that contests a field is ourselves, or somebody whose fields become ours. `manager` is in the server's words. */
export function isOwnClaim(manager: string, migration: Migration | null): boolean {
  const [name = ''] = manager.split(/" using | using /);
  return name === FIELD_MANAGER || (migration?.from.some((from) => from.manager === name) ?? false);
}

function isOurs({ manager, operation, subresource }: ManagedFieldsEntry): boolean {
  return manager === FIELD_MANAGER && operation === 'Apply' && subresource === undefined;
}

function isClientSide({ manager, operation, subresource, fieldsV1 = {} }: ManagedFieldsEntry): boolean {
  if (operation !== 'Update' || (subresource ?? '') !== '') return false;
  const annotations = member(member(fieldsV1, 'f:metadata'), 'f:annotations');
  return manager === KUBECTL || annotations[LAST_APPLIED] !== undefined;
}

function member(set: JsonObject, name: string): JsonObject {
  const node = set[name];
  return isObject(node) ? node : {};
}

/** Everything either set holds. */
function union(a: JsonObject, b: JsonObject): JsonObject {
  const both: JsonObject = { ...a };
  for (const [name, node] of Object.entries(b)) {
    const known = Object.hasOwn(a, name) ? a[name] : undefined;
    both[name] = isObject(known) && isObject(node) ? union(known, node) : node;
  }
  return both;
}

/** Fields without the marks of what holds them, and without the copy of what was applied last. */
function leavesOf(set: JsonObject): number {
  let count = 0;
  for (const [name, node] of Object.entries(set)) {
    if (name === '.' || name === LAST_APPLIED || !isObject(node)) continue;
    count += isWhole(node) ? 1 : leavesOf(node);
  }
  return count;
}
