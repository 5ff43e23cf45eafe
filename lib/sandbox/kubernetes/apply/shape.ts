import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonValue } from '#lib/domain/resource/manifest.ts';
import { keepsUnknownFields, resolveSchema } from '#lib/domain/schema/navigate.ts';
import type { SchemaDefinitions, SchemaNode } from '#lib/domain/schema/types.ts';

/** What merging needs to know about one field. `any` is judged by its value: maps merge, lists are atomic. */
export interface Shape {
  kind: 'scalar' | 'list' | 'map' | 'any';
  atomic: boolean;
  /** Names of the keys of a `map` list; empty for a `set`. */
  keys: string[];
  node: SchemaNode;
  shapes: Shapes;
}

const UNKNOWN: SchemaNode = {};

/** Compiles schema nodes to shapes once each; nodes of custom resources may refer to the same definitions. */
export class Shapes {
  readonly definitions: SchemaDefinitions;
  readonly #known = new WeakMap<SchemaNode, Shape>();

  constructor(definitions: SchemaDefinitions) {
    this.definitions = definitions;
  }

  of(node: SchemaNode | undefined): Shape {
    const wanted = node ?? UNKNOWN;
    let shape = this.#known.get(wanted);
    if (shape === undefined) this.#known.set(wanted, (shape = this.#compile(wanted)));
    return shape;
  }

  #compile(source: SchemaNode): Shape {
    const node = resolveSchema(source, this.definitions);
    const base = { keys: [], node, shapes: this };
    if (node.type === 'array') {
      const type = node['x-kubernetes-list-type'];
      const keys = type === 'map' ? (node['x-kubernetes-list-map-keys'] ?? []).toSorted() : [];
      return { ...base, kind: 'list', atomic: type !== 'map' && type !== 'set', keys };
    }
    const atomic = node['x-kubernetes-map-type'] === 'atomic';
    if (node.properties !== undefined || typeof node.additionalProperties === 'object') {
      return { ...base, kind: 'map', atomic };
    }
    if (node.type === 'object' || node.type === undefined) {
      const scalar = node.format !== undefined || node['x-kubernetes-int-or-string'] === true;
      if (!scalar && keepsUnknownFields(node, this.definitions)) return { ...base, kind: 'any', atomic };
      return { ...base, kind: 'scalar', atomic: true };
    }
    return { ...base, kind: 'scalar', atomic: true };
  }
}

/** Whether the name is a declared field, not a member of a map. */
export function isNamedField(shape: Shape, name: string): boolean {
  const { properties } = shape.node;
  return properties !== undefined && Object.hasOwn(properties, name);
}

export function fieldShape(shape: Shape, name: string): Shape {
  const { properties, additionalProperties } = shape.node;
  if (properties && Object.hasOwn(properties, name)) return shape.shapes.of(properties[name]);
  return shape.shapes.of(typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

export const itemShape = (shape: Shape): Shape => shape.shapes.of(shape.node.items);

/** The shape a value takes: for unknown fields what the value itself says. */
export function deduce(
  shape: Shape,
  value: JsonValue | undefined,
): { kind: 'scalar' | 'list' | 'map'; atomic: boolean } {
  if (shape.kind !== 'any') return { kind: shape.kind, atomic: shape.atomic };
  if (Array.isArray(value)) return { kind: 'list', atomic: true };
  if (isObject(value)) return { kind: 'map', atomic: shape.atomic };
  return { kind: 'scalar', atomic: true };
}

/** A list element without a usable key. */
export class ElementKeyError extends Error {}

/** How an element of a keyed list or set is named in a path. Throws {@link ElementKeyError}. */
export function elementStep(shape: Shape, item: JsonValue): string {
  if (shape.keys.length === 0) return `v:${JSON.stringify(item)}`;
  if (!isObject(item)) throw new ElementKeyError('associative list with keys may not have non-map elements');
  const element = itemShape(shape);
  const keys: Record<string, JsonValue> = {};
  let found = 0;
  for (const key of shape.keys) {
    const value = item[key] ?? fieldShape(element, key).node.default;
    if (value === undefined) continue;
    keys[key] = value;
    found += 1;
  }
  if (found === 0) {
    throw new ElementKeyError(
      `associative list with keys has an element that omits key field ${JSON.stringify(shape.keys[0])} (and doesn't have default value)`,
    );
  }
  return `k:${JSON.stringify(keys)}`;
}
