import { deepEqual, isObject } from '#lib/domain/resource/json.ts';
import type { JsonValue } from '#lib/domain/resource/manifest.ts';
import { type FieldSet, emptySet, insertPath } from './field-set.ts';
import { type Shape, ElementKeyError, deduce, elementStep, fieldShape, isNamedField, itemShape } from './shape.ts';

export interface Comparison {
  added: FieldSet;
  removed: FieldSet;
  modified: FieldSet;
}

type Side = JsonValue | undefined;

interface Sides {
  before: Side;
  after: Side;
}

/** Which fields differ between two values of one shape. Atomic values count as one field. */
export function compare(shape: Shape, before: JsonValue, after: JsonValue): Comparison {
  const result = { added: emptySet(), removed: emptySet(), modified: emptySet() };
  walk(shape, { before, after }, { path: [], result });
  return result;
}

interface Cursor {
  path: string[];
  result: Comparison;
}

const isVoid = (value: Side): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

function walk(shape: Shape, { before, after }: Sides, cursor: Cursor): void {
  if (before === after) return;
  const atom = deduce(shape, after ?? before);
  const other = deduce(shape, before ?? after);
  const leaf = atom.kind === 'scalar' || atom.atomic || atom.kind !== other.kind || (isVoid(before) && isVoid(after));
  if (leaf) {
    const { added, removed, modified } = cursor.result;
    if (before === undefined) insertPath(added, cursor.path);
    else if (after === undefined) insertPath(removed, cursor.path);
    else if (!deepEqual(before, after)) insertPath(modified, cursor.path);
    return;
  }
  if (atom.kind === 'list') walkList(shape, { before, after }, cursor);
  else walkMap(shape, { before, after }, cursor);
  if (before === undefined) insertPath(cursor.result.added, cursor.path);
  else if (after === undefined) insertPath(cursor.result.removed, cursor.path);
}

function walkMap(shape: Shape, { before, after }: Sides, cursor: Cursor): void {
  const left = isObject(before) ? before : {};
  const right = isObject(after) ? after : {};
  const step = (name: string): void => {
    cursor.path.push(`f:${name}`);
    walk(fieldShape(shape, name), { before: left[name], after: right[name] }, cursor);
    cursor.path.pop();
  };
  for (const name of Object.keys(left)) step(name);
  for (const name of Object.keys(right)) if (!Object.hasOwn(left, name)) step(name);
}

function walkList(shape: Shape, { before, after }: Sides, cursor: Cursor): void {
  const left = indexElements(shape, Array.isArray(before) ? before : []);
  const right = indexElements(shape, Array.isArray(after) ? after : []);
  const element = itemShape(shape);
  for (const step of new Set([...left.keys(), ...right.keys()])) {
    const lefts = left.get(step) ?? [];
    const rights = right.get(step) ?? [];
    cursor.path.push(step);
    if (lefts.length <= 1 && rights.length <= 1) walk(element, { before: lefts[0], after: rights[0] }, cursor);
    else if (lefts.length > 1 && rights.length > 1) {
      if (!deepEqual(lefts, rights)) insertPath(cursor.result.modified, cursor.path);
    } else if (lefts.length > 1) {
      if (rights[0] !== undefined) walk(element, { before: undefined, after: rights[0] }, cursor);
      insertPath(cursor.result.removed, cursor.path);
    } else {
      if (lefts[0] !== undefined) walk(element, { before: lefts[0], after: undefined }, cursor);
      insertPath(cursor.result.added, cursor.path);
    }
    cursor.path.pop();
  }
}

/** Elements by their path step, duplicates together; elements without a key are left out. */
export function indexElements(shape: Shape, list: readonly JsonValue[]): Map<string, JsonValue[]> {
  const index = new Map<string, JsonValue[]>();
  for (const item of list) {
    let step: string;
    try {
      step = elementStep(shape, item);
    } catch (error) {
      if (error instanceof ElementKeyError) continue;
      throw error;
    }
    const known = index.get(step);
    if (known) known.push(item);
    else index.set(step, [item]);
  }
  return index;
}

/** Every field a value sets: its leaves, empty maps, and members of maps. */
export function fieldsOf(shape: Shape, value: JsonValue): FieldSet {
  const set = emptySet();
  collect(shape, value, { path: [], set });
  return set;
}

function collect(shape: Shape, value: JsonValue, cursor: { path: string[]; set: FieldSet }): void {
  const { path, set } = cursor;
  const atom = deduce(shape, value);
  if (atom.kind === 'scalar' || atom.atomic) {
    if (path.length > 0) insertPath(set, path);
    return;
  }
  if (Array.isArray(value)) {
    const element = itemShape(shape);
    for (const [step, items] of indexElements(shape, value)) {
      path.push(step);
      if (items.length === 1 && items[0] !== undefined) collect(element, items[0], cursor);
      insertPath(set, path);
      path.pop();
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      path.push(`f:${name}`);
      collect(fieldShape(shape, name), member, cursor);
      const bare = member === null || (isObject(member) && Object.keys(member).length === 0);
      if (bare || !isNamedField(shape, name)) insertPath(set, path);
      path.pop();
    }
  }
}
