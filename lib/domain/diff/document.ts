import { stringify } from 'yaml';
import { isObject } from '../resource/json.ts';
import type { JsonObject, JsonValue, Manifest } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';
import { normaliseLive } from './normalise.ts';
import { itemIndex, parsePath, type PathStep } from './paths.ts';

/** Members in the order people write them; the rest follows by name. */
const ORDER = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'labels',
  'annotations',
  'type',
  'replicas',
  'image',
  'selector',
  'spec',
  'data',
];

export interface DocumentInput {
  /** Masked; null = Git does not have the object. */
  desired: Manifest | null;
  /** Masked; null = the cluster does not have it. */
  live: Manifest | null;
  differences: readonly Difference[];
}

/**
 * The two YAML texts of one object for a line diff. Live is told as the desired object with the differences in it, so the lines
 * that differ are the differences and nothing else: no defaults, no fields of others, no `1` against `1000m`. '' = the side lacks the object.
 */
export function diffDocuments({ desired, live, differences }: DocumentInput): { desired: string; live: string } {
  if (desired === null) return { desired: '', live: live === null ? '' : manifestYaml(normaliseLive(live)) };
  const wanted = normaliseLive(desired);
  if (live === null) return { desired: manifestYaml(wanted), live: '' };
  let [left, right] = [json(wanted), json(wanted)];
  for (const difference of differences) {
    const steps = parsePath(difference.path);
    if (steps === null || steps.length === 0) continue;
    left = withValue(left, steps, difference.desired);
    right = withValue(right, steps, difference.live);
  }
  return { desired: yamlOf(left), live: yamlOf(right) };
}

/** One manifest as YAML in stable order, without what normalising drops unless the caller keeps it. */
export function manifestYaml(manifest: Manifest): string {
  return yamlOf(json(manifest));
}

function yamlOf(value: JsonObject): string {
  return stringify(value, {
    sortMapEntries: (a, b) => rank(a.key) - rank(b.key) || compareText(a.key, b.key),
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function rank(key: unknown): number {
  const index = ORDER.indexOf(keyText(key));
  return index < 0 ? ORDER.length : index;
}

function compareText(a: unknown, b: unknown): number {
  const [left, right] = [keyText(a), keyText(b)];
  return left < right ? -1 : Number(left > right);
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  return isObject(key) && typeof key['value'] === 'string' ? key['value'] : '';
}

function json(manifest: Manifest): JsonObject {
  return isObject(manifest) ? manifest : {};
}

/** A copy of the document with one value set, or taken out when undefined; missing parents are made. */
function withValue(root: JsonObject, steps: readonly PathStep[], value: JsonValue | undefined): JsonObject {
  const changed = put(root, steps, value);
  return isObject(changed) ? changed : root;
}

function put(
  node: JsonValue | undefined,
  steps: readonly PathStep[],
  value: JsonValue | undefined,
): JsonValue | undefined {
  const [step, ...below] = steps;
  if (step === undefined) return value;
  if (value === undefined && !isObject(node) && !Array.isArray(node)) return node;
  if ('field' in step) {
    const object = isObject(node) ? node : {};
    if (value === undefined && !Object.hasOwn(object, step.field)) return node;
    const member = put(Object.hasOwn(object, step.field) ? object[step.field] : undefined, below, value);
    const rest = Object.entries(object).filter(([name]) => name !== step.field);
    if (member === undefined) return rest.length === 0 ? undefined : Object.fromEntries(rest);
    return Object.fromEntries([...rest, [step.field, member]]);
  }
  if (value === undefined && !Array.isArray(node)) return node;
  const list = Array.isArray(node) ? node : [];
  const index = itemIndex(list, step);
  const item = put(index < 0 ? seed(step) : list[index], below, value);
  if (item === undefined) return index < 0 ? list : list.toSpliced(index, 1);
  return index < 0 ? [...list, item] : list.with(index, item);
}

function seed(step: PathStep): JsonValue | undefined {
  return 'keys' in step ? step.keys : undefined;
}
