import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { isObject } from '../../resource/json.ts';
import type { Manifest } from '../../resource/manifest.ts';

/** Characters of one expression. */
export const EXPRESSION_LIMIT = 2_000;
/** Values of one object an expression may look at, and characters of all its texts. */
const MOST_VALUES = 50_000;
const MOST_TEXT = 1_000_000;

const environment = new Environment({
  unlistedVariablesAreDyn: false,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 2_000, maxDepth: 60 },
}).registerVariable('object', 'map');

/** What an expression may look at; `object` is the live object. */
export type Scope = { object: unknown };

/** What is wrong with an expression that must give a `bool` or a `string`, with the position; null when nothing is. */
export function checkExpression(text: string, type: 'bool' | 'string'): string | null {
  if (text.trim() === '') return 'is empty: write an expression in CEL, such as object.status.phase == "Ready"';
  if (text.length > EXPRESSION_LIMIT) return `has ${text.length} characters; at most ${EXPRESSION_LIMIT} are allowed`;
  const result = environment.check(text);
  if (!result.valid) return placed(text, result.error);
  if (result.type === type || result.type === 'dyn') return null;
  return `gives ${result.type ?? 'another type'}, not ${type}`;
}

/** Parsed once; throws {@link ExpressionError} where an expression no longer holds what was checked when it was saved. */
export function parseExpression(text: string): (scope: Scope) => unknown {
  try {
    const parsed = environment.parse(text);
    return (scope) => {
      try {
        return parsed(scope);
      } catch (error) {
        throw expressionError(text, error);
      }
    };
  } catch (error) {
    throw expressionError(text, error);
  }
}

/** An expression that cannot be read or evaluated, in words with the position. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
}

/** Only what the library says: a time that is up, or memory, is for whoever bounds the work. */
function expressionError(text: string, error: unknown): unknown {
  return error instanceof Error && 'summary' in error ? new ExpressionError(placed(text, error)) : error;
}

function placed(text: string, error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be read';
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
  const range = 'range' in error && isRange(error.range) ? error.range : undefined;
  if (range === undefined) return summary;
  const before = text.slice(0, range.start).split('\n');
  return `${summary} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function isRange(value: unknown): value is Pick<ASTNode['range'], 'start'> {
  return isObject(value) && typeof value['start'] === 'number';
}

/**
 * An object as expressions see it: whole numbers are `int`, and what only servers write for each other (`managedFields`)
 * is left out. Null when it holds more than an expression may look at.
 */
export function scopeOf(manifest: Manifest): Scope | null {
  const budget = { values: MOST_VALUES, text: MOST_TEXT };
  const { managedFields: _managed, ...metadata } = manifest.metadata;
  const object = convert({ ...manifest, metadata }, budget);
  return budget.values < 0 || budget.text < 0 ? null : { object };
}

function convert(value: unknown, budget: { values: number; text: number }): unknown {
  budget.values -= 1;
  if (budget.values < 0 || budget.text < 0) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') {
    budget.text -= value.length;
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => convert(item, budget));
  if (!isObject(value)) return value;
  return new Map(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, convert(member, budget)]),
  );
}
