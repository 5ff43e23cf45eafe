import { isEmpty, isObject } from '../resource/json.ts';
import { type JsonObject, type JsonValue, type Manifest, parseApiVersion } from '../resource/manifest.ts';
import { compareList } from './compare-list.ts';
import type { Comparison } from './difference.ts';
import { fieldSchema, type KindSchema } from './field-schema.ts';
import { isBuiltinGroup, isFilledByServer, isLeftOutByServer } from './known-defaults.ts';
import { isWhole, ownedFields } from './managed-fields.ts';
import { normaliseLive } from './normalise.ts';
import { compareScalars } from './scalar.ts';
import { type Pair, Walk } from './walk.ts';

/** Every kind has the same metadata, whatever its own schema says of it (a custom resource's says nothing). */
const METADATA = fieldSchema({
  definitions: {},
  root: {
    type: 'object',
    properties: {
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      annotations: { type: 'object', additionalProperties: { type: 'string' } },
      finalizers: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      ownerReferences: {
        type: 'array',
        items: { type: 'object', 'x-kubernetes-map-type': 'atomic' },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['uid'],
      },
    },
  },
});

export interface CompareInput {
  /** Masked, and through normaliseDesired. */
  desired: Manifest;
  /** Masked; normalised here. Its managedFields may still be there. */
  live: Manifest;
  /** Null when the kind's schema is not known. */
  schema: KindSchema | null;
  /** See ownedFields of managed-fields.ts; taken from live's managedFields when left out. */
  ownedFields?: JsonObject | undefined;
}

/**
 * Whether an apply of `desired` would change `live`, by the rules of server-side apply: each declared field must be as declared;
 * fields of others are theirs; fields we applied and no longer declare would go. Lists follow their schema (atomic, set, map).
 * Where only the server knows (defaulting inside replaced lists, unknown kinds, another served version) the verdict is `uncertain`
 * and `differences` holds what a dry run has to confirm.
 */
export function compareObject(input: CompareInput): Comparison {
  const { desired } = input;
  const live = normaliseLive(input.live);
  const walk = new Walk(isBuiltinGroup(parseApiVersion(desired.apiVersion).group), compareValue);
  const owned = input.ownedFields ?? ownedFields(input.live.metadata.managedFields);
  const schema = input.schema === null ? undefined : fieldSchema(input.schema);
  if (desired.apiVersion !== live.apiVersion)
    walk.doubt(`live is read as ${live.apiVersion}, Git says ${desired.apiVersion}`);
  const [wanted, found] = [declared(desired), declared(live)];
  walk.steps.push({ field: 'metadata' });
  compareMembers(walk, {
    desired: wanted.meta,
    live: found.meta,
    schema: METADATA,
    owned: ownedMember(owned, 'metadata'),
  });
  walk.steps.pop();
  compareMembers(walk, { desired: wanted.rest, live: found.rest, schema, owned });
  return walk.verdict();
}

/** The members a person declares; identity is equal by definition of the pair. */
function declared(manifest: Manifest): { meta: JsonObject; rest: JsonObject } {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = manifest;
  const { name: _name, namespace: _namespace, ...meta } = metadata;
  return { meta: isObject(meta) ? meta : {}, rest: isObject(rest) ? rest : {} };
}

function compareValue(walk: Walk, pair: Pair): void {
  const { desired, live } = pair;
  if (desired === live || desired === null || desired === undefined) return;
  if (live === undefined || live === null) missing(walk, pair);
  else if (Array.isArray(desired)) {
    if (Array.isArray(live)) compareList(walk, { ...pair, desired, live });
    else walk.differ(desired, live);
  } else if (isObject(desired)) {
    if (isObject(live)) compareMembers(walk, { ...pair, desired, live });
    else walk.differ(desired, live);
  } else if (typeof live === 'object') walk.differ(desired, live);
  else {
    const verdict = compareScalars(desired, live, { schema: pair.schema, steps: walk.steps });
    if (verdict !== 'equal') walk.differ(desired, live);
    if (verdict === 'perhaps') walk.doubt('the schema of this kind is not known, and a value differs in its type only');
  }
}

function compareMembers(walk: Walk, pair: Pair & { desired: JsonObject; live: JsonObject }): void {
  const { desired, live, schema, owned } = pair;
  const atomic = walk.isAtomic || schema?.atomicMap === true;
  const enter = !walk.isAtomic && atomic;
  if (enter) walk.isAtomic = true;
  for (const name of Object.keys(desired)) {
    const value = desired[name];
    if (value === live[name]) continue;
    walk.steps.push({ field: name });
    compareValue(walk, {
      desired: value,
      live: live[name],
      schema: schema?.field(name),
      owned: ownedMember(owned, name),
    });
    walk.steps.pop();
  }
  if (atomic) extraMembers(walk, pair);
  else if (owned !== undefined) removedMembers(walk, { ...pair, owned });
  if (enter) walk.isAtomic = false;
}

/** Inside what is replaced as a whole, a member Git does not have is a change, unless the server wrote it. */
function extraMembers(walk: Walk, { desired, live, schema }: Pair & { desired: JsonObject; live: JsonObject }): void {
  for (const name of Object.keys(live)) {
    const value = live[name];
    if (value === undefined || isEmpty(value) || (desired[name] !== undefined && desired[name] !== null)) continue;
    if (
      schema?.openMap !== true &&
      (isFilledByServer(name, value) || isDefault(value, schema?.field(name)?.defaultValue))
    )
      continue;
    walk.steps.push({ field: name });
    walk.differ(undefined, value);
    walk.steps.pop();
    if (schema?.openMap !== true)
      walk.doubt('live has a field in a list or map that is replaced as a whole; it may be a default');
  }
}

/** Fields our last apply declared and Git no longer has. */
function removedMembers(walk: Walk, pair: Pair & { desired: JsonObject; live: JsonObject; owned: JsonObject }): void {
  for (const mark of Object.keys(pair.owned)) {
    if (!mark.startsWith('f:')) continue;
    const name = mark.slice(2);
    const live = pair.live[name];
    if (live === undefined || live === null || (pair.desired[name] !== undefined && pair.desired[name] !== null))
      continue;
    const owned = ownedMember(pair.owned, name) ?? {};
    const schema = pair.schema?.field(name);
    walk.steps.push({ field: name });
    if (isWhole(owned)) removed(walk, live, schema?.defaultValue);
    else if (isObject(live)) removedMembers(walk, { desired: {}, live, schema, owned });
    else if (Array.isArray(live)) compareList(walk, { desired: [], live, schema, owned });
    walk.steps.pop();
  }
}

function removed(walk: Walk, live: JsonValue, fallback: JsonValue | undefined): void {
  if (isEmpty(live) || isDefault(live, fallback)) return;
  walk.differ(undefined, live);
  if (!walk.isFreeMap()) walk.doubt('a field was removed in Git; the server may put a default in its place');
}

/** Declared, and not there. Empty values may have been dropped by the server: our ownership of the field tells. */
function missing(walk: Walk, { desired, owned }: Pair): void {
  if (desired === undefined || (Array.isArray(desired) && desired.length === 0)) return;
  if (isHollow(desired)) {
    const step = walk.steps.at(-1);
    if (owned !== undefined || (step !== undefined && 'field' in step && isLeftOutByServer(step.field))) return;
    walk.differ(desired, undefined);
    if (walk.isBuiltin && !walk.isFreeMap())
      walk.doubt('an empty value is not in live; the server may have left it out');
    return;
  }
  if (isObject(desired) && walk.expandsHere()) {
    for (const [name, value] of Object.entries(desired)) {
      walk.steps.push({ field: name });
      walk.differ(value, undefined);
      walk.steps.pop();
    }
    return;
  }
  walk.differ(desired, undefined);
}

/** false, 0, '' and objects of nothing but such: what Go's omitempty may drop. */
function isHollow(value: JsonValue): boolean {
  if (value === false || value === 0 || isEmpty(value)) return true;
  return isObject(value) && Object.values(value).every(isHollow);
}

/** Plain scalars only: a structured default may itself be completed by the server. */
function isDefault(value: JsonValue, fallback: JsonValue | undefined): boolean {
  return fallback !== undefined && value === fallback;
}

function ownedMember(owned: JsonObject | undefined, name: string): JsonObject | undefined {
  if (owned === undefined || isWhole(owned)) return owned;
  const node = owned[`f:${name}`];
  return isObject(node) ? node : undefined;
}
