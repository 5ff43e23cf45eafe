import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject, JsonValue } from '#lib/domain/resource/manifest.ts';
import { badRequest } from '../status.ts';
import { indexElements } from './compare.ts';
import { type FieldSet, isEmptySet, printPath } from './field-set.ts';
import { type Shape, ElementKeyError, deduce, elementStep, fieldShape, isNamedField, itemShape } from './shape.ts';

type Side = JsonValue | undefined;

const isVoid = (value: Side): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** The live value with the applied one laid over it. Throws a 400 for duplicates or missing keys in the applied lists. */
export function mergeApplied(shape: Shape, live: Side, applied: Side): Side {
  if (applied === undefined) return live;
  const atom = deduce(shape, applied);
  if (atom.kind === 'scalar' || atom.atomic || (isVoid(live) && isVoid(applied))) return applied;
  if (atom.kind === 'list') {
    return mergeList(shape, Array.isArray(live) ? live : [], Array.isArray(applied) ? applied : []);
  }
  return mergeMap(shape, isObject(live) ? live : {}, isObject(applied) ? applied : {});
}

function mergeMap(shape: Shape, live: JsonObject, applied: JsonObject): JsonObject {
  const result: JsonObject = { ...live };
  for (const [name, value] of Object.entries(applied)) {
    const merged = mergeApplied(fieldShape(shape, name), live[name], value);
    if (merged !== undefined) result[name] = merged;
  }
  return result;
}

function stepsOfApplied(shape: Shape, list: readonly JsonValue[]): Map<string, JsonValue> {
  const index = new Map<string, JsonValue>();
  for (const item of list) {
    let step: string;
    try {
      step = elementStep(shape, item);
    } catch (error) {
      if (error instanceof ElementKeyError) throw badRequest(`failed to create typed patch object: ${error.message}`);
      throw error;
    }
    if (index.has(step)) {
      throw badRequest(`failed to create typed patch object: duplicate entries for key ${printPath([step])}`);
    }
    index.set(step, item);
  }
  return index;
}

/** Walks both lists side by side: applied order wins for elements both have, live elements keep their place. */
function mergeList(shape: Shape, live: JsonValue[], applied: JsonValue[]): JsonValue[] {
  const right = stepsOfApplied(shape, applied);
  const left = indexElements(shape, live);
  const leftSteps = live.map((item) => stepOrNothing(shape, item));
  const rightSteps = [...right.keys()];
  const shared = rightSteps.filter((step) => left.has(step));
  const element = itemShape(shape);
  const merged = new Set<string>();
  const out: JsonValue[] = [];
  const take = (step: string): void => {
    merged.add(step);
    const mine = left.get(step);
    const value = mergeApplied(element, mine?.length === 1 ? mine[0] : undefined, right.get(step));
    if (value !== undefined) out.push(value);
    if (shared[0] === step) shared.shift();
  };
  let l = 0;
  let r = 0;
  while (l < live.length || r < rightSteps.length) {
    const leftStep = leftSteps[l];
    const rightStep = rightSteps[r];
    if (l < live.length && (leftStep === undefined || !right.has(leftStep))) {
      const item = live[l];
      if (item !== undefined) out.push(item);
      l += 1;
    } else if (leftStep !== undefined && (leftStep === rightStep || merged.has(leftStep) || leftStep !== shared[0])) {
      if (leftStep === rightStep) {
        take(leftStep);
        r += 1;
      }
      l += 1;
    } else if (rightStep !== undefined) {
      take(rightStep);
      r += 1;
    } else l += 1;
  }
  return out;
}

function stepOrNothing(shape: Shape, item: JsonValue): string | undefined {
  try {
    return elementStep(shape, item);
  } catch (error) {
    if (error instanceof ElementKeyError) return undefined;
    throw error;
  }
}

/** The value without the fields of the set. Atomic values that hold a removed field go as a whole. */
export function removeFields(shape: Shape, value: JsonValue, toRemove: FieldSet): Side {
  const atom = deduce(shape, value);
  if (atom.kind === 'scalar') return value;
  if (atom.atomic) return undefined;
  if (Array.isArray(value)) return removeFromList(shape, value, toRemove);
  return isObject(value) ? removeFromMap(shape, value, toRemove) : undefined;
}

function removeFromList(shape: Shape, list: JsonValue[], toRemove: FieldSet): Side {
  const element = itemShape(shape);
  const out: JsonValue[] = [];
  for (const item of list) {
    const step = stepOrNothing(shape, item) ?? '';
    if (toRemove.members.has(step)) continue;
    const below = toRemove.children.get(step);
    const rest = below && !isEmptySet(below) ? removeFields(element, item, below) : item;
    if (rest !== undefined) out.push(rest);
  }
  return out.length > 0 ? out : undefined;
}

function removeFromMap(shape: Shape, object: JsonObject, toRemove: FieldSet): Side {
  const out: JsonObject = {};
  let kept = 0;
  for (const [name, value] of Object.entries(object)) {
    const step = `f:${name}`;
    if (toRemove.members.has(step)) continue;
    const below = toRemove.children.get(step);
    const rest = below && !isEmptySet(below) ? removeFields(fieldShape(shape, name), value, below) : value;
    if (rest === undefined) continue;
    out[name] = rest;
    kept += 1;
  }
  return kept > 0 ? out : undefined;
}

/** The set with declared fields on the way to a path made members too: owning `a.b` means owning the struct `a`. */
export function withNamedFields(set: FieldSet, shape: Shape): FieldSet {
  const members = new Set(set.members);
  const children = new Map<string, FieldSet>();
  for (const [step, child] of set.children) {
    const field = step.startsWith('f:');
    if (field && isNamedField(shape, step.slice(2))) members.add(step);
    const below = field ? fieldShape(shape, step.slice(2)) : itemShape(shape);
    children.set(step, withNamedFields(child, below));
  }
  return { members, children };
}
