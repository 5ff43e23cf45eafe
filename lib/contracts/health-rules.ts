import { z } from 'zod';
import { checkRule } from '#lib/domain/health/custom/rule.ts';
import { HEALTH_STATUSES } from '#lib/domain/health/status.ts';
import { id, timestamp } from './common.ts';

const expression = z.string().max(2_000);

/** One answer of a rule; the first whose `when` is true of the object decides. */
export const healthClause = z.strictObject({
  /** CEL that gives a bool; `object` is the live object. */
  when: expression,
  status: z.enum(HEALTH_STATUSES).exclude(['Terminating']),
  message: z.string().max(500).default(''),
  /** CEL that gives a string, shown instead of `message`. */
  messageExpression: expression.default(''),
});
/** As stored. */
export const storedHealthClauses = z.array(healthClause);

/** `clauses.0.when` as the path zod speaks in. */
const pathOf = (field: string) => field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

export const healthRuleInput = z
  .strictObject({
    /** API group with `*` for anything; empty for the core group. */
    group: z.string().max(253),
    /** Kind, or `*` for every kind of the group. */
    kind: z.string().max(63),
    description: z.string().max(2_000).default(''),
    clauses: z.array(healthClause).min(1).max(20),
  })
  .superRefine((rule, context) => {
    for (const { field, message } of checkRule(rule))
      context.addIssue({ code: 'custom', path: pathOf(field), message });
  });

export const healthRuleView = z.object({
  id,
  group: z.string(),
  kind: z.string(),
  description: z.string(),
  clauses: z.array(healthClause),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type HealthRuleView = z.infer<typeof healthRuleView>;

export const tryHealthRuleInput = z.strictObject({
  rule: healthRuleInput,
  /** One object as YAML or JSON; never stored. */
  object: z.string().min(1).max(500_000),
});
export const triedHealthRule = z.object({
  status: z.enum(HEALTH_STATUSES),
  message: z.string(),
  /** Which clause held, from 0; null when none did. */
  clause: z.number().int().nullable(),
  /** The rule's own clause, the rule's failure, what is built in because no clause held, or the object being deleted. */
  decidedBy: z.enum(['clause', 'failure', 'built-in', 'not-of-this-kind']),
});
export type TriedHealthRule = z.infer<typeof triedHealthRule>;
