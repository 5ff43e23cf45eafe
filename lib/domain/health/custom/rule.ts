import { type Manifest, objectKeyOf } from '../../resource/manifest.ts';
import { assessHealth } from '../assess.ts';
import type { Health, HealthStatus } from '../status.ts';
import { checkExpression, ExpressionError, parseExpression, type Scope, scopeOf } from './expression.ts';

/** One answer of a rule: holds when `when` is true of the object. */
export interface HealthClause {
  /** CEL that gives a bool; `object` is the live object. */
  when: string;
  status: HealthStatus;
  /** Plain words; shown when `messageExpression` is empty or gives none. */
  message: string;
  /** CEL that gives a string; '' for none. */
  messageExpression: string;
}

/** How a person wants objects of a kind judged; the first clause that holds decides, and none leaves it to the built-in rule. */
export interface CustomHealthRule {
  /** API group, with `*` for anything; '' is the core group. */
  group: string;
  /** Kind, or `*` for every kind of the group. */
  kind: string;
  clauses: readonly HealthClause[];
}

export interface RuleProblem {
  field: string;
  message: string;
}

/** Does the work, or throws {@link OutOfTime} when it takes longer than it may. */
export type Bounded = <Result>(work: () => Result) => Result;

export class OutOfTime extends Error {
  override name = 'OutOfTime';
}

/** Judges one live object. */
export type Assess = (manifest: Manifest) => Health;

/** What is wrong with a rule, each with its field; empty when nothing is. */
export function checkRule({ group, kind, clauses }: CustomHealthRule): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (!/^([a-z0-9*]([-a-z0-9.*]*[a-z0-9*])?)?$/.test(group))
    problems.push({ field: 'group', message: 'is an API group such as db.example.com, with * for anything' });
  if (!/^(\*|[A-Z][A-Za-z0-9]*)$/.test(kind))
    problems.push({ field: 'kind', message: 'is a kind such as Database, or * for every kind of the group' });
  if (group === '' && kind === 'Secret')
    problems.push({ field: 'kind', message: 'cannot be Secret: no rule looks into Secrets' });
  for (const [index, clause] of clauses.entries()) {
    const when = checkExpression(clause.when, 'bool');
    if (when !== null) problems.push({ field: `clauses.${index}.when`, message: when });
    const words = clause.messageExpression === '' ? null : checkExpression(clause.messageExpression, 'string');
    if (words !== null) problems.push({ field: `clauses.${index}.messageExpression`, message: words });
  }
  return problems;
}

export interface Verdict {
  health: Health;
  /** Index of the clause that held; null when the rule could not be evaluated. */
  clause: number | null;
}

/**
 * What a rule says of an object; null when none of its clauses holds. A rule that fails or takes too long says Unknown
 * with the reason, so that nobody takes a broken rule for health.
 */
export function applyRule(rule: CustomHealthRule, manifest: Manifest, bounded: Bounded): Verdict | null {
  const scope = scopeOf(manifest);
  if (scope === null) return failed(rule, 'the object is too large for it');
  let at = 0;
  try {
    return bounded(() => {
      for (const [index, clause] of rule.clauses.entries()) {
        at = index;
        const holds = compiled(clause.when)(scope);
        if (typeof holds !== 'boolean') throw new ExpressionError('the condition gives no bool');
        if (holds) return { clause: index, health: { status: clause.status, message: wordsOf(clause, scope) } };
      }
      return null;
    });
  } catch (error) {
    if (error instanceof OutOfTime) return failed(rule, `clause ${at + 1} takes too long`);
    if (error instanceof ExpressionError) return failed(rule, `clause ${at + 1}: ${error.message}`);
    // A stack or a list that grew too large is the expression's doing as well.
    if (error instanceof RangeError) return failed(rule, `clause ${at + 1} takes too much memory`);
    throw error;
  }
}

/** The most words of one message. */
const MESSAGE_LIMIT = 1_000;

function wordsOf({ message, messageExpression }: HealthClause, scope: Scope): string {
  if (messageExpression === '') return message;
  const words = compiled(messageExpression)(scope);
  if (typeof words !== 'string') throw new ExpressionError('the message gives no string');
  return words.trim() === '' ? message : words.trim().slice(0, MESSAGE_LIMIT);
}

function failed({ group, kind }: CustomHealthRule, reason: string): Verdict {
  const name = group === '' ? kind : `${kind}.${group}`;
  return { clause: null, health: { status: 'Unknown', message: `The health rule of ${name} failed: ${reason}` } };
}

const MOST_COMPILED = 2_000;
const parsedExpressions = new Map<string, (scope: Scope) => unknown>();

/** Parsing costs more than evaluating, and the same text always gives the same program. */
function compiled(text: string): (scope: Scope) => unknown {
  const known = parsedExpressions.get(text);
  if (known) return known;
  const parsed = parseExpression(text);
  if (parsedExpressions.size >= MOST_COMPILED) parsedExpressions.clear();
  parsedExpressions.set(text, parsed);
  return parsed;
}

/**
 * Judges by a person's rules where one fits, else as built in. The rule that names the kind most exactly wins. Objects
 * being deleted are Terminating whatever a rule says, and no rule sees a Secret.
 */
export function assessorOf(rules: readonly CustomHealthRule[], bounded: Bounded): Assess {
  if (rules.length === 0) return assessHealth;
  const ordered = [...rules].sort((a, b) => exactness(b) - exactness(a) || (a.group < b.group ? -1 : 1));
  return (manifest) => {
    const { group, kind } = objectKeyOf(manifest);
    const isSecret = group === '' && kind === 'Secret';
    if (isSecret || manifest.metadata.deletionTimestamp !== undefined) return assessHealth(manifest);
    const rule = ordered.find((one) => fits(one.group, group) && (one.kind === '*' || one.kind === kind));
    return (rule && applyRule(rule, manifest, bounded)?.health) ?? assessHealth(manifest);
  };
}

function exactness({ group, kind }: CustomHealthRule): number {
  const letters = group.replaceAll('*', '').length;
  return (kind === '*' ? 0 : 2_000) + (group.includes('*') ? 0 : 1_000) + letters;
}

/** Glob against text by its fixed parts in order: never slower than the text is long. */
function fits(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return glob === text;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}
