import { deepEqual, isObject } from '../resource/json.ts';
import type { JsonObject, JsonValue, Manifest } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';
import { fieldSchema, type FieldSchema, type KindSchema } from './field-schema.ts';
import { guessKeys, indexByKeys, keyStep } from './list-identity.ts';
import { normaliseLive } from './normalise.ts';
import { formatPath, type PathStep } from './paths.ts';

/**
 * What a dry-run apply would change: every field that differs between the live object and the server's answer.
 * Both masked; both are normalised here. `desired` of a difference is the predicted value, undefined where the apply removes the field.
 * The schema only names list items; without one they are named by the usual keys, else by position.
 */
export function comparePrediction(
  live: Manifest,
  dryRunResult: Manifest,
  schema: KindSchema | null | undefined = null,
): Difference[] {
  return compareStructure(normaliseLive(dryRunResult), normaliseLive(live), schema);
}

/**
 * Every field in which two manifests of one object differ, both ways; nothing is forgiven but `null` for absent.
 * For two desired sets (target against deployed) and for two versions of live.
 */
export function compareStructure(
  desired: Manifest,
  live: Manifest,
  schema: KindSchema | null | undefined = null,
): Difference[] {
  const found: Difference[] = [];
  const walk: Walk = { steps: [], found };
  visit(walk, {
    desired: plain(desired),
    live: plain(live),
    schema: schema ? fieldSchema(schema) : undefined,
  });
  return found;
}

interface Walk {
  steps: PathStep[];
  found: Difference[];
}

interface Sides {
  desired: JsonValue | undefined;
  live: JsonValue | undefined;
  schema: FieldSchema | undefined;
}

function plain(manifest: Manifest): JsonObject {
  return isObject(manifest) ? manifest : {};
}

function visit(walk: Walk, { desired, live, schema }: Sides): void {
  if (desired === live || deepEqual(desired, live)) return;
  if (isObject(desired) && isObject(live)) visitMembers(walk, { desired, live, schema });
  else if (Array.isArray(desired) && Array.isArray(live)) visitList(walk, { desired, live, schema });
  else if (isAbsent(desired) && isAbsent(live)) return;
  else if (isAbsent(desired) && Array.isArray(live) && isMerged(walk.steps.at(-1), schema))
    visitList(walk, { desired: [], live, schema });
  else if (expands(walk.steps.at(-1)) && (isAbsent(desired) || isAbsent(live))) {
    visitMembers(walk, { desired: isObject(desired) ? desired : {}, live: isObject(live) ? live : {}, schema });
  } else walk.found.push({ path: formatPath(walk.steps), desired: desired ?? undefined, live: live ?? undefined });
}

function visitMembers(walk: Walk, { desired, live, schema }: Sides & { desired: JsonObject; live: JsonObject }): void {
  const added = Object.keys(live).filter((name) => !Object.hasOwn(desired, name));
  for (const field of [...Object.keys(desired), ...added]) {
    walk.steps.push({ field });
    visit(walk, { desired: desired[field], live: live[field], schema: schema?.field(field) });
    walk.steps.pop();
  }
}

function visitList(walk: Walk, { desired, live, schema }: Sides & { desired: JsonValue[]; live: JsonValue[] }): void {
  const step = walk.steps.at(-1);
  const field = step !== undefined && 'field' in step ? step.field : '';
  if (schema?.list.type === 'set' || field === 'finalizers') {
    visitSet(walk, { desired, live });
    return;
  }
  const keys =
    schema === undefined ? guessKeys(field, desired, live) : schema.list.type === 'map' ? schema.list.keys : null;
  const item = schema?.items();
  const left = keys === null ? null : indexByKeys(desired, keys, item);
  const right = keys === null ? null : indexByKeys(live, keys, item);
  if (keys === null || left === null || right === null) {
    visitPositions(walk, { desired, live, schema });
    return;
  }
  const before = walk.found.length;
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [mine, theirs] = [left.get(key), right.get(key)];
    walk.steps.push(keyStep(theirs ?? mine ?? {}, keys));
    visit(walk, { desired: mine, live: theirs, schema: item });
    walk.steps.pop();
  }
  const reordered = walk.found.length === before && !deepEqual(desired, live);
  if (reordered && schema === undefined) walk.found.push({ path: formatPath(walk.steps), desired, live });
}

function visitSet(walk: Walk, { desired, live }: { desired: JsonValue[]; live: JsonValue[] }): void {
  const lacks = (list: JsonValue[], value: JsonValue): boolean => !list.some((other) => deepEqual(other, value));
  for (const value of new Set([...desired, ...live])) {
    const [gone, fresh] = [lacks(desired, value), lacks(live, value)];
    if (gone || fresh)
      walk.found.push({
        path: formatPath([...walk.steps, { value }]),
        desired: gone ? undefined : value,
        live: fresh ? undefined : value,
      });
  }
}

function visitPositions(
  walk: Walk,
  { desired, live, schema }: Sides & { desired: JsonValue[]; live: JsonValue[] },
): void {
  if (desired.length !== live.length || !desired.every(isObject) || !live.every(isObject)) {
    walk.found.push({ path: formatPath(walk.steps), desired, live });
    return;
  }
  for (const [index, entry] of desired.entries()) {
    walk.steps.push({ index });
    visit(walk, { desired: entry, live: live[index], schema: schema?.items() });
    walk.steps.pop();
  }
}

/** Lists whose items come and go one by one, as comparing tells it of fields removed in Git. */
function isMerged(step: PathStep | undefined, schema: FieldSchema | undefined): boolean {
  if (step !== undefined && 'field' in step && step.field === 'finalizers') return true;
  return schema !== undefined && schema.list.type !== 'atomic';
}

function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

function expands(step: PathStep | undefined): boolean {
  return (
    step !== undefined &&
    'field' in step &&
    ['metadata', 'labels', 'annotations', 'data', 'binaryData'].includes(step.field)
  );
}
