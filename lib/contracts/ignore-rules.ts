import { z } from 'zod';
import { checkIgnorePath } from '#lib/domain/diff/ignore.ts';
import { RULE_LEVELS } from '#lib/domain/diff/hidden.ts';
import { json, timestamp } from './common.ts';

/** As stored. Every part that is set must match; see lib/domain/diff/ignore.ts. */
export const ignoreRule = z.strictObject({
  group: z.string().max(253).optional(),
  kind: z.string().max(63).optional(),
  name: z.string().max(253).optional(),
  namespace: z.string().max(63).optional(),
  paths: z.array(z.string().min(1).max(500)).max(50).optional(),
  managers: z.array(z.string().min(1).max(128)).max(50).optional(),
  /** Who answers for it. */
  owner: z.string().max(200).optional(),
  reason: z.string().max(1_000).optional(),
  /** From then on it is not applied. */
  expiresAt: timestamp.optional(),
});

/** As given: paths must be readable. A stored one that a later runtime cannot read covers nothing, and is no reason to lose the rest. */
export const ignoreRules = z
  .array(ignoreRule)
  .max(100)
  .superRefine((rules, context) => {
    for (const [index, { paths = [] }] of rules.entries())
      for (const [at, path] of paths.entries()) {
        const message = checkIgnorePath(path);
        if (message !== null) context.addIssue({ code: 'custom', path: [index, 'paths', at], message });
      }
  });

/** Those of the whole installation. */
export const systemIgnoreRules = z.strictObject({ ignoreRules });
export type SystemIgnoreRules = z.infer<typeof systemIgnoreRules>;

const level = z.enum(RULE_LEVELS);

/** A difference that does not count, and what hides it. */
export const hiddenField = z.object({
  path: z.string(),
  desired: json.optional(),
  live: json.optional(),
  level,
  /** The rule in words, or the annotation. */
  rule: z.string(),
  owner: z.string(),
  reason: z.string(),
});
export const hiddenObject = z.object({
  key: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  fields: z.array(hiddenField),
});
export type HiddenObject = z.infer<typeof hiddenObject>;

/** A rule that is not applied any more. */
export const expiredRule = z.object({
  level,
  rule: z.string(),
  owner: z.string(),
  reason: z.string(),
  expiresAt: timestamp,
});
export type ExpiredRule = z.infer<typeof expiredRule>;
