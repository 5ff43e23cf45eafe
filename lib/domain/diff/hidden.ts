import type { JsonValue, ManagedFieldsEntry, Manifest, ObjectKey } from '../resource/manifest.ts';
import { ownedByRight } from './controller-owned.ts';
import type { Difference } from './difference.ts';
import { applyIgnoreRules, describeRule, type IgnoreRule } from './ignore.ts';
import { leftAlone } from './leave-alone.ts';

/** Where a rule stands: declared on the application, its project or the installation; an annotation of the object; our own table. */
export const RULE_LEVELS = ['application', 'project', 'system', 'object', 'built-in'] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

export interface LeveledRule extends IgnoreRule {
  level: Extract<RuleLevel, 'application' | 'project' | 'system'>;
}

/** One difference that does not count, and what hides it. Sides are masked. */
export interface HiddenField {
  path: string;
  desired?: JsonValue;
  live?: JsonValue;
  level: RuleLevel;
  /** The rule in words. */
  rule: string;
  owner: string;
  reason: string;
}

export interface HideInput {
  key: ObjectKey;
  differences: readonly Difference[];
  /** In force now; the first that matches is named. */
  rules: readonly LeveledRule[];
  managedFields: readonly ManagedFieldsEntry[] | undefined;
  desired: Manifest | null;
  live: Manifest | null;
}

/** Splits the differences of one object into those that count and those that something hides, each with what hides it. */
export function hideFields(input: HideInput): { kept: Difference[]; hidden: HiddenField[] } {
  const { key, differences, rules, managedFields, desired, live } = input;
  const manifests = [desired, live];
  const declared = applyIgnoreRules({ key, differences, rules, managedFields, manifests });
  const hidden = declared.ignored.map(({ difference, rule }) =>
    hiddenField(difference, {
      level: rule.level,
      rule: describeRule(rule),
      owner: rule.owner ?? '',
      reason: rule.reason ?? '',
    }),
  );
  const kept = declared.kept.filter((difference) => {
    const cause = leftAlone(difference, manifests) ?? ownedByRight(difference, { key, manifests });
    if (cause !== null) hidden.push(hiddenField(difference, { ...cause, owner: '' }));
    return cause === null;
  });
  return { kept, hidden };
}

function hiddenField(
  { path, desired, live }: Difference,
  cause: Pick<HiddenField, 'level' | 'rule' | 'owner' | 'reason'>,
): HiddenField {
  return { path, ...(desired === undefined ? {} : { desired }), ...(live === undefined ? {} : { live }), ...cause };
}
