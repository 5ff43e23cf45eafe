import type { JsonObject, JsonValue } from '../resource/manifest.ts';
import type { Comparison, Difference } from './difference.ts';
import type { FieldSchema } from './field-schema.ts';
import { formatPath, type PathStep } from './paths.ts';

/** Two values at one place, with what is known of the place. `owned` is our part of the fieldsV1 set there; `{}` = all of it. */
export interface Pair {
  desired: JsonValue | undefined;
  live: JsonValue | undefined;
  schema: FieldSchema | undefined;
  owned: JsonObject | undefined;
}

const FREE_MAPS = new Set(['labels', 'annotations', 'data', 'binaryData', 'stringData']);

/** The state of one comparison: where it stands, what it found, whether it doubts. */
export class Walk {
  readonly steps: PathStep[] = [];
  readonly isBuiltin: boolean;
  /** Compares below; passed in so that lists and members can call each other across files. */
  readonly compare: (walk: Walk, pair: Pair) => void;
  /** Inside a list or map that an apply replaces as a whole. */
  isAtomic = false;
  private readonly differences: Difference[] = [];
  private reason: string | null = null;

  constructor(isBuiltin: boolean, compare: (walk: Walk, pair: Pair) => void) {
    this.isBuiltin = isBuiltin;
    this.compare = compare;
  }

  differ(desired: JsonValue | undefined, live: JsonValue | undefined): void {
    this.differences.push({ path: formatPath(this.steps), desired, live });
  }

  /** The first doubt is the one told. */
  doubt(reason: string): void {
    this.reason ??= reason;
  }

  /** Inside labels, annotations or data: the server adds nothing and drops nothing there. */
  isFreeMap(): boolean {
    return isFree(this.steps.at(-2));
  }

  /** At labels, annotations or data: differences are told member by member. */
  expandsHere(): boolean {
    return isFree(this.steps.at(-1));
  }

  verdict(): Comparison {
    const { differences, reason } = this;
    if (reason !== null) return { verdict: 'uncertain', reason, differences };
    return differences.length === 0 ? { verdict: 'equal' } : { verdict: 'different', differences };
  }
}

function isFree(step: PathStep | undefined): boolean {
  return step !== undefined && 'field' in step && FREE_MAPS.has(step.field);
}
