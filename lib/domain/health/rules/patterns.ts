import { textAt, valueAt } from '../../resource/json.ts';
import type { Manifest } from '../../resource/manifest.ts';
import type { HealthStatus } from '../status.ts';
import {
  type Condition,
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  isStale,
  progressing,
  suspended,
} from './rule.ts';

export const UNSEEN = 'Waiting for the controller to see the newest spec';
export const UNTOLD = 'The controller has not reported yet';
const SUSPENDED = suspended('Suspended by a person');

/** How a kind tells its state by conditions. */
export interface ConditionPattern {
  /** Types that must all be True; the first one that is not is told. */
  ready: readonly string[];
  /** Types that mean failure when True, whatever the others say. */
  trouble?: readonly string[];
  /** Types that mean work in progress when True. */
  busy?: readonly string[];
  /** Reasons of an untrue ready type that are no failure; every other False is one. */
  waitsFor?: readonly string[];
  /** Instead of `waitsFor`: the only reasons of an untrue ready type that are a failure. */
  failsWith?: readonly string[];
  /** Path of a boolean by which a person halted it. */
  suspendedBy?: readonly string[];
  /** The controller writes observedGeneration only when it succeeded, so what it refused is told although it seems unseen. */
  seenOnSuccess?: boolean;
  /** Before a ready type is told: Progressing by default; Healthy for kinds whose controller may never write one. */
  untold?: 'Progressing' | 'Healthy';
}

/**
 * A rule for kinds that tell their state by conditions. Order: halted by a person, newest spec not seen (kinds that keep
 * observedGeneration), failing, working, ready.
 */
export function byConditions(pattern: ConditionPattern): HealthRule {
  return (manifest) => {
    if (pattern.suspendedBy && valueAt(manifest, ...pattern.suspendedBy) === true) return SUSPENDED;
    const unseen = isUnseen(manifest);
    if (unseen && pattern.seenOnSuccess !== true) return progressing(UNSEEN);
    const conditions = conditionsOf(manifest);
    const isTrue = (types: readonly string[] = []) =>
      conditions.find(({ type, status }) => types.includes(type) && status === 'True');
    const trouble = isTrue(pattern.trouble);
    if (trouble) return degraded(conditionText(trouble, trouble.type));
    const busy = isTrue(pattern.busy);
    if (busy) return progressing(conditionText(busy, busy.type));
    const told = pattern.ready.map((type) => conditions.find((one) => one.type === type));
    const unready = told.find((one) => one !== undefined && one.status !== 'True');
    if (unready) return unreadyHealth(pattern, unready);
    if (unseen) return progressing(UNSEEN);
    if (told.every((one) => one !== undefined) || pattern.untold === 'Healthy') return HEALTHY;
    return progressing(UNTOLD);
  };
}

/** How a kind tells its state by one word of its status. */
export interface PhasePattern {
  /** Where the word stands; `status.phase` by default. */
  path?: readonly string[];
  /** Where words for people stand; `status.message` by default. */
  message?: readonly string[];
  healthy: readonly string[];
  degraded: readonly string[];
  suspended?: readonly string[];
  suspendedBy?: readonly string[];
  /** For every other word, and before there is one: Progressing by default. */
  otherwise?: HealthStatus;
}

/** A rule for kinds that tell their state by one word. */
export function byPhase(pattern: PhasePattern): HealthRule {
  return (manifest) => {
    if (pattern.suspendedBy && valueAt(manifest, ...pattern.suspendedBy) === true) return SUSPENDED;
    if (isUnseen(manifest)) return progressing(UNSEEN);
    const phase = textAt(manifest, ...(pattern.path ?? ['status', 'phase']));
    const message = textAt(manifest, ...(pattern.message ?? ['status', 'message'])) || phase || UNTOLD;
    if (pattern.healthy.includes(phase)) return HEALTHY;
    if (pattern.degraded.includes(phase)) return degraded(message);
    if (pattern.suspended?.includes(phase)) return suspended(message);
    return { status: pattern.otherwise ?? 'Progressing', message };
  };
}

/** The controller keeps observedGeneration and it is behind. */
export function isUnseen(manifest: Manifest): boolean {
  return typeof valueAt(manifest, 'status', 'observedGeneration') === 'number' && isStale(manifest);
}

function unreadyHealth(pattern: ConditionPattern, condition: Condition) {
  const words = condition.type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const message = conditionText(condition, `Not ${words} yet`);
  if (condition.status !== 'False') return progressing(message);
  const failed = pattern.failsWith
    ? pattern.failsWith.includes(condition.reason)
    : !pattern.waitsFor?.includes(condition.reason);
  return failed ? degraded(message) : progressing(message);
}
