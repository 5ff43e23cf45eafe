import { deepEqual, isObject } from '../resource/json.ts';
import type { JsonObject, JsonValue } from '../resource/manifest.ts';
import { guessKeys, indexByKeys, keyStep } from './list-identity.ts';
import { fieldNode, isWhole } from './managed-fields.ts';
import type { Pair, Walk } from './walk.ts';

export type ListPair = Pair & { desired: JsonValue[]; live: JsonValue[] };

/** Compares two lists the way an apply merges them: as a whole, as a set, or item by item by their keys. */
export function compareList(walk: Walk, pair: ListPair): void {
  const { schema } = pair;
  if (walk.isAtomic) positional(walk, pair);
  else if (schema === undefined) unknownList(walk, pair);
  else if (schema.list.type === 'map') mapList(walk, pair, schema.list.keys);
  else if (schema.list.type === 'set') setList(walk, pair);
  else {
    walk.isAtomic = true;
    positional(walk, pair);
    walk.isAtomic = false;
  }
}

function mapList(walk: Walk, pair: ListPair, keys: readonly string[]): void {
  const item = pair.schema?.items();
  const live = indexByKeys(pair.live, keys, item);
  const desired = indexByKeys(pair.desired, keys, item);
  if (live === null || desired === null) {
    if (deepEqual(pair.desired, pair.live)) return;
    walk.differ(pair.desired, pair.live);
    walk.doubt(`items of a list share their ${keys.join(' and ')}`);
    return;
  }
  for (const [key, entry] of desired) {
    const other = live.get(key);
    const step = keyStep(other ?? entry, keys);
    walk.steps.push(step);
    if (other === undefined) walk.differ(entry, undefined);
    else walk.compare(walk, { desired: entry, live: other, schema: item, owned: ownedItem(pair.owned, other, keys) });
    walk.steps.pop();
  }
  if (pair.owned === undefined || isWhole(pair.owned)) return;
  for (const [key, entry] of live) {
    if (desired.has(key)) continue;
    const owned = ownedItem(pair.owned, entry, keys);
    if (owned === undefined) continue;
    walk.steps.push(keyStep(entry, keys));
    if (isWhole(owned) || owned['.'] !== undefined) walk.differ(undefined, entry);
    else walk.compare(walk, { desired: {}, live: entry, schema: item, owned });
    walk.steps.pop();
  }
}

function setList(walk: Walk, pair: ListPair): void {
  for (const value of pair.desired) {
    if (pair.live.some((other) => deepEqual(other, value))) continue;
    walk.steps.push({ value });
    walk.differ(value, undefined);
    walk.steps.pop();
  }
  if (pair.owned === undefined || isWhole(pair.owned)) return;
  for (const value of pair.live) {
    if (pair.desired.some((other) => deepEqual(other, value)) || fieldNode(pair.owned, { value }) === undefined)
      continue;
    walk.steps.push({ value });
    walk.differ(undefined, value);
    walk.steps.pop();
  }
}

/** A list replaced as a whole: order and length count, and members of items that Git does not have count too. */
function positional(walk: Walk, { desired, live, schema, owned }: ListPair): void {
  const item = schema?.items();
  const descend = desired.length === live.length && desired.every(isObject) && live.every(isObject);
  if (!descend) {
    if (!deepEqual(desired, live)) walk.differ(desired, live);
    return;
  }
  for (const [index, entry] of desired.entries()) {
    walk.steps.push({ index });
    walk.compare(walk, {
      desired: entry,
      live: live[index],
      schema: item,
      owned: owned !== undefined && isWhole(owned) ? owned : undefined,
    });
    walk.steps.pop();
  }
}

/** Without a schema the server replaces a list as a whole, but the schema may only be unknown to us: objects are paired by name and doubted. */
function unknownList(walk: Walk, pair: ListPair): void {
  if (deepEqual(pair.desired, pair.live)) return;
  if (!pair.desired.some(isObject)) {
    walk.differ(pair.desired, pair.live);
    return;
  }
  walk.doubt('the schema of this kind is not known, and a list of objects is not the same on both sides');
  const step = walk.steps.at(-1);
  const keys = guessKeys(step !== undefined && 'field' in step ? step.field : '', pair.desired, pair.live);
  if (keys === null) walk.differ(pair.desired, pair.live);
  else {
    mapList(walk, { ...pair, owned: undefined }, keys);
    extraItems(walk, pair, keys);
  }
}

function extraItems(walk: Walk, pair: ListPair, keys: readonly string[]): void {
  const desired = indexByKeys(pair.desired, keys, undefined);
  for (const [key, entry] of indexByKeys(pair.live, keys, undefined) ?? []) {
    if (desired?.has(key) === true) continue;
    walk.steps.push(keyStep(entry, keys));
    walk.differ(undefined, entry);
    walk.steps.pop();
  }
}

/** Kubernetes writes the keys of an item sorted and without blanks, so the text is tried before the slow search. */
function ownedItem(owned: JsonObject | undefined, entry: JsonObject, keys: readonly string[]): JsonObject | undefined {
  if (owned === undefined || isWhole(owned)) return owned;
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) {
    const exact = owned[`k:{"${only}":${JSON.stringify(entry[only])}}`];
    if (isObject(exact)) return exact;
  }
  const step = keyStep(entry, keys);
  if (!('keys' in step)) return undefined;
  const mark = `k:{${[...keys]
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(step.keys[key])}`)
    .join(',')}}`;
  const exact = owned[mark];
  return isObject(exact) ? exact : fieldNode(owned, step);
}
