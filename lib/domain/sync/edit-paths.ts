import { itemIndex, parsePath, type PathStep, valueAtPath } from '../diff/paths.ts';
import { isObject } from '../resource/json.ts';
import type { JsonValue, Manifest } from '../resource/manifest.ts';

/** A copy without the fields at the paths; what is left empty by it stays. Paths that lead nowhere are passed over. */
export function withoutPaths(manifest: Manifest, paths: readonly string[]): Manifest {
  const copy = structuredClone(manifest);
  // Later items of a list first, so that none moves before it is found.
  for (const path of paths.toReversed()) setAt(copy, parsePath(path) ?? [], undefined);
  return copy;
}

/** A copy in which the fields at the paths are as the live object has them, or gone where it has none. */
export function withLivePaths(manifest: Manifest, live: Manifest, paths: readonly string[]): Manifest {
  const copy = structuredClone(manifest);
  for (const path of paths.toReversed()) {
    const steps = parsePath(path) ?? [];
    setAt(copy, steps, structuredClone(valueAtPath(live, steps)));
  }
  return copy;
}

/** Undefined takes the field away. */
function setAt(root: Manifest, steps: readonly PathStep[], value: JsonValue | undefined): void {
  const last = steps.at(-1);
  if (last === undefined) return;
  const parent = value === undefined ? parentOf(root, steps) : openParent(root, steps);
  if ('field' in last) {
    if (!isObject(parent)) return;
    if (value === undefined) delete parent[last.field];
    else parent[last.field] = value;
  } else if (Array.isArray(parent)) {
    const index = itemIndex(parent, last);
    if (value === undefined) {
      if (index >= 0) parent.splice(index, 1);
    } else if (index >= 0) parent[index] = value;
    else parent.push(value);
  }
}

function parentOf(root: Manifest, steps: readonly PathStep[]): unknown {
  return steps.length === 1 ? root : valueAtPath(root, steps.slice(0, -1));
}

/** The parent, with maps that are missing on the way made; what stands in another shape is left alone. */
function openParent(root: Manifest, steps: readonly PathStep[]): unknown {
  for (const [depth, step] of steps.slice(0, -1).entries()) {
    const next = steps[depth + 1];
    const above: unknown = depth === 0 ? root : valueAtPath(root, steps.slice(0, depth));
    if (!('field' in step) || next === undefined || !('field' in next) || !isObject(above)) continue;
    if (above[step.field] === undefined || above[step.field] === null) above[step.field] = {};
  }
  return parentOf(root, steps);
}
