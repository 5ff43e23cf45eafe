import { deepEqual } from '../resource/json.ts';
import type { Manifest } from '../resource/manifest.ts';
import type { Comparison, Difference } from '../diff/difference.ts';
import { parsePath, type PathStep } from '../diff/paths.ts';
import { compareStructure } from '../diff/predict.ts';

/** Path of a difference that is the object itself: there, or not. Its sides are {@link PRESENT} or undefined. */
export const WHOLE_OBJECT = '';
export const PRESENT = 'present';

/** What a drift is: fields `changed`, fields only live has `added`, the object `missing` from the cluster, or `extra` in it. */
export const DRIFT_KINDS = ['added', 'changed', 'missing', 'extra', 'none'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/**
 * One object in three states, each masked and normalised, null where that state does not have it.
 * An uncertain comparison counts by its differences: confirm the target's by dry run first.
 */
export interface ClassifyInput {
  /** What Git says now. */
  target: Manifest | null;
  /** What the last successful sync rendered; null when it was never part of one. */
  deployed: Manifest | null;
  live: Manifest | null;
  /** compareObject(target, live), ignore rules applied; null when either is null. */
  targetVsLive: Comparison | null;
  /** compareObject(deployed, live), ignore rules applied; null when either is null. */
  deployedVsLive: Comparison | null;
  /** The field at a path stands as our own last apply left it (part of a later set, then): nobody else moved it. None, when left out. */
  isAsApplied?: (path: string) => boolean;
  /** We applied the live object once: in neither set, it is what an earlier sync left unpruned and nobody's doing. */
  applied?: boolean;
}

export interface Classification {
  sync: 'Synced' | 'OutOfSync';
  /** Git moved: `live` of a difference is what is deployed (or live, when never deployed). */
  pending: Difference[];
  /** Live moved: `desired` of a difference is what was deployed. */
  drift: Difference[];
  kind: DriftKind;
}

/**
 * Tells pending changes (target differs from deployed) from drift (live differs from deployed), never mixing them:
 * a field where live already is as the target wants is neither, and a field that differs from the target is in at least one.
 * So `sync` is OutOfSync exactly when an apply of the target would change, create or prune the object.
 */
export function classifyObject(input: ClassifyInput): Classification {
  const { target, deployed, live } = input;
  if (live === null) return classifyAbsent(target, deployed);
  const moved = deployed === null ? [] : differencesOf(input.deployedVsLive);
  const drifted = moved.filter(({ path }) => input.isAsApplied?.(path) !== true);
  if (target === null) {
    const whole: Difference = { path: WHOLE_OBJECT, desired: undefined, live: PRESENT };
    if (deployed === null) return input.applied === true ? result([whole], [], 'none') : result([], [whole], 'extra');
    return result([whole], drifted, kindOf(drifted));
  }
  const open = differencesOf(input.targetVsLive);
  const drift = drifted.filter((difference) => overlaps(open, difference));
  const pending = pendingOf(input, open, drift);
  return result(pending, drift, kindOf(drift));
}

function classifyAbsent(target: Manifest | null, deployed: Manifest | null): Classification {
  const whole: Difference = { path: WHOLE_OBJECT, desired: PRESENT, live: undefined };
  if (target === null) return result([], [], 'none');
  if (deployed === null) return result([whole], [], 'none');
  return result(compareStructure(target, deployed), [whole], 'missing');
}

function pendingOf({ target, deployed }: ClassifyInput, open: Difference[], drift: Difference[]): Difference[] {
  if (target === null || deployed === null) return open;
  const moved = compareStructure(target, deployed).filter((difference) => overlaps(open, difference));
  const unexplained = open.filter((difference) => !overlaps(moved, difference) && !overlaps(drift, difference));
  return [...moved, ...unexplained];
}

function result(pending: Difference[], drift: Difference[], kind: DriftKind): Classification {
  return { sync: pending.length + drift.length === 0 ? 'Synced' : 'OutOfSync', pending, drift, kind };
}

function kindOf(drift: readonly Difference[]): DriftKind {
  if (drift.length === 0) return 'none';
  return drift.every(({ desired }) => desired === undefined) ? 'added' : 'changed';
}

function differencesOf(comparison: Comparison | null): Difference[] {
  return comparison === null || comparison.verdict === 'equal' ? [] : comparison.differences;
}

/** True when a difference names the same field as one of the others, or one above or below it. */
function overlaps(others: readonly Difference[], difference: Difference): boolean {
  const steps = parsePath(difference.path) ?? [];
  return others.some((other) => other.path === difference.path || isPrefix(parsePath(other.path) ?? [], steps));
}

function isPrefix(a: readonly PathStep[], b: readonly PathStep[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every((step, index) => sameStep(step, long[index]));
}

/** Items may be named by keys on one side and by more keys (with defaults) on the other. */
function sameStep(a: PathStep, b: PathStep | undefined): boolean {
  if (b !== undefined && 'keys' in a && 'keys' in b) {
    return Object.entries(a.keys).every(([key, value]) => b.keys[key] === undefined || b.keys[key] === value);
  }
  return deepEqual(a, b);
}
