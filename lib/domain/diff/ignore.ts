import type { ManagedFieldsEntry, Manifest, ObjectKey } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';
import { matchesGlob } from './glob.ts';
import { managersOf } from './managed-fields.ts';
import { coversPath } from './path-match.ts';
import { parsePath } from './paths.ts';

/**
 * Which differences are nobody's business. Every part that is set must match; `group`, `kind`, `namespace`, `name` and `managers`
 * may hold `*`. With neither `paths` nor `managers` the whole object is ignored.
 */
export interface IgnoreRule {
  group?: string;
  kind?: string;
  namespace?: string;
  name?: string;
  /** JSON pointers (`/spec/replicas`) or our paths (`spec.containers[*].image`, `metadata.annotations["x/*"]`); what lies below is ignored too. */
  paths?: string[];
  /** Field managers whose fields are ignored. */
  managers?: string[];
  /** Who answers for it, and why it is there. */
  owner?: string;
  reason?: string;
  /** ISO 8601; from then on it is not applied. */
  expiresAt?: string;
}

export interface IgnoredDifference<Rule extends IgnoreRule = IgnoreRule> {
  difference: Difference;
  rule: Rule;
}

export interface IgnoreInput<Rule extends IgnoreRule = IgnoreRule> {
  key: ObjectKey;
  differences: readonly Difference[];
  rules: readonly Rule[];
  /** Needed by rules with `managers`. */
  managedFields?: readonly ManagedFieldsEntry[] | undefined;
  /** Desired and live, so that positions in JSON pointers find their items. */
  manifests?: readonly (Manifest | null)[];
}

/** Splits the differences of one object into those that count and those a rule ignores, with the rule. The first matching rule is named. */
export function applyIgnoreRules<Rule extends IgnoreRule>(
  input: IgnoreInput<Rule>,
): { kept: Difference[]; ignored: IgnoredDifference<Rule>[] } {
  const rules = input.rules.filter((rule) => matchesObject(rule, input.key));
  const kept: Difference[] = [];
  const ignored: IgnoredDifference<Rule>[] = [];
  for (const difference of input.differences) {
    const rule = rules.find((candidate) => matchesDifference(candidate, difference, input));
    if (rule === undefined) kept.push(difference);
    else ignored.push({ difference, rule });
  }
  return { kept, ignored };
}

/** Those in force at a moment (milliseconds) apart from those that are not any more. A time that cannot be read is none. */
export function splitExpired<Rule extends IgnoreRule>(
  rules: readonly Rule[],
  now: number,
): { active: Rule[]; expired: Rule[] } {
  const isOver = ({ expiresAt }: Rule): boolean => expiresAt !== undefined && Date.parse(expiresAt) <= now;
  return { active: rules.filter((rule) => !isOver(rule)), expired: rules.filter(isOver) };
}

/** The rule in words: `spec.replicas of Deployment web-*`, `what vault-agent sets in any object`. */
export function describeRule({ group, kind, namespace, name, paths, managers }: IgnoreRule): string {
  const what = [
    ...(paths === undefined ? [] : [paths.join(', ')]),
    ...(managers === undefined ? [] : [`what ${managers.join(', ')} sets`]),
  ].join(' where it is ');
  const where = [group === undefined || group === '' ? '' : `${group}/`, kind ?? 'any object'].join('');
  const place = [namespace === undefined ? '' : `${namespace}/`, name ?? ''].join('');
  return `${what === '' ? 'everything' : what} of ${where}${place === '' ? '' : ` ${place}`}`;
}

/** The reason a rule's path cannot be read, or null. */
export function checkIgnorePath(path: string): string | null {
  if (path.startsWith('/')) return null;
  const steps = parsePath(path);
  if (steps !== null && steps.length > 0) return null;
  return `"${path}" is neither a JSON pointer such as /spec/replicas nor a path such as spec.containers[*].image`;
}

function matchesObject(rule: IgnoreRule, key: ObjectKey): boolean {
  return (['group', 'kind', 'namespace', 'name'] as const).every((part) => {
    const pattern = rule[part];
    return pattern === undefined || matchesGlob(pattern, key[part]);
  });
}

function matchesDifference(rule: IgnoreRule, difference: Difference, input: Omit<IgnoreInput, 'rules'>): boolean {
  if (rule.paths === undefined && rule.managers === undefined) return true;
  const steps = parsePath(difference.path);
  if (steps === null) return false;
  if (rule.paths !== undefined && !rule.paths.some((path) => coversPath(path, steps, input.manifests ?? [])))
    return false;
  if (rule.managers === undefined) return true;
  const owners = managersOf(steps, input.managedFields);
  return owners.some(({ manager }) => rule.managers?.some((pattern) => matchesGlob(pattern, manager)));
}
