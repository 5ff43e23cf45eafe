import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';

/**
 * A set of field paths. Elements are written as in `fieldsV1`: `f:name`, `k:{"name":"web"}`, `v:"x"`, `i:0`.
 * Treat a finished set as read-only: operations share branches.
 */
export interface FieldSet {
  members: Set<string>;
  children: Map<string, FieldSet>;
}

export const emptySet = (): FieldSet => ({ members: new Set(), children: new Map() });

export function isEmptySet(set: FieldSet): boolean {
  if (set.members.size > 0) return false;
  for (const child of set.children.values()) if (!isEmptySet(child)) return false;
  return true;
}

/** Adds one path to a set under construction. */
export function insertPath(set: FieldSet, path: readonly string[]): void {
  let current = set;
  for (let index = 0; index < path.length - 1; index += 1) {
    const step = path[index] ?? '';
    let next = current.children.get(step);
    if (next === undefined) current.children.set(step, (next = emptySet()));
    current = next;
  }
  const last = path.at(-1);
  if (last !== undefined) current.members.add(last);
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const members = new Set(a.members);
  for (const member of b.members) members.add(member);
  const children = new Map(a.children);
  for (const [step, child] of b.children) {
    const own = children.get(step);
    children.set(step, own ? union(own, child) : child);
  }
  return { members, children };
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const result = emptySet();
  for (const member of a.members) if (b.members.has(member)) result.members.add(member);
  for (const [step, child] of a.children) {
    const other = b.children.get(step);
    if (!other) continue;
    const both = intersection(child, other);
    if (!isEmptySet(both)) result.children.set(step, both);
  }
  return result;
}

/** Paths of `a` that are not in `b`; a path removed does not remove those below it. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const result = emptySet();
  for (const member of a.members) if (!b.members.has(member)) result.members.add(member);
  for (const [step, child] of a.children) {
    const other = b.children.get(step);
    const rest = other ? difference(child, other) : child;
    if (!isEmptySet(rest)) result.children.set(step, rest);
  }
  return result;
}

/** Paths of `a` that are neither in `b` nor below a path of `b`. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  const result = emptySet();
  for (const member of a.members) if (!b.members.has(member)) result.members.add(member);
  for (const [step, child] of a.children) {
    if (b.members.has(step)) continue;
    const other = b.children.get(step);
    const rest = other ? recursiveDifference(child, other) : child;
    if (!isEmptySet(rest)) result.children.set(step, rest);
  }
  return result;
}

/** Every path as a list of elements, in the order of `fieldsV1`. */
export function pathsOf(set: FieldSet, prefix: readonly string[] = []): string[][] {
  const result: string[][] = [];
  for (const step of stepsOf(set)) {
    if (set.members.has(step)) result.push([...prefix, step]);
    const child = set.children.get(step);
    if (child) result.push(...pathsOf(child, [...prefix, step]));
  }
  return result;
}

function stepsOf(set: FieldSet): string[] {
  return [...new Set([...set.members, ...set.children.keys()])].sort();
}

/** The set as `fieldsV1`. */
export function toFieldsV1(set: FieldSet): JsonObject {
  const result: JsonObject = {};
  for (const step of stepsOf(set)) {
    const child = set.children.get(step);
    const below = child ? toFieldsV1(child) : {};
    if (!set.members.has(step)) {
      if (Object.keys(below).length > 0) result[step] = below;
    } else result[step] = Object.keys(below).length > 0 ? { '.': {}, ...below } : {};
  }
  return result;
}

/** The reverse of {@link toFieldsV1}; unknown shapes are skipped. */
export function fromFieldsV1(fields: unknown): FieldSet {
  const result = emptySet();
  if (!isObject(fields)) return result;
  for (const [step, below] of Object.entries(fields)) {
    if (step === '.' || !isObject(below)) continue;
    const names = Object.keys(below);
    if (names.length === 0 || Object.hasOwn(below, '.')) result.members.add(step);
    const child = fromFieldsV1(below);
    if (!isEmptySet(child)) result.children.set(step, child);
  }
  return result;
}

/** `.spec.containers[name="web"].image`, as the API server prints a path. */
export function printPath(path: readonly string[]): string {
  return path.map(printStep).join('');
}

function printStep(step: string): string {
  const body = step.slice(2);
  if (step.startsWith('f:')) return `.${body}`;
  if (step.startsWith('v:')) return `[=${body}]`;
  if (step.startsWith('i:')) return `[${body}]`;
  const keys: unknown = JSON.parse(body);
  const parts = isObject(keys) ? Object.entries(keys).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : [];
  return `[${parts.join(',')}]`;
}
