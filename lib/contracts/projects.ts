import { z } from 'zod';
import { checkWindow } from '#lib/domain/sync/windows.ts';
import { ignoreRule, ignoreRules } from './ignore-rules.ts';
import { id, name, timestamp } from './common.ts';

/** Globs of names; an empty list says nothing. */
const globs = z.array(z.string().min(1).max(253)).max(100).default([]);

/** When the applications of a project may be synced (allow), or may not (deny); rules in lib/domain/sync/windows.ts. */
export const syncWindow = z.strictObject({
  kind: z.enum(['allow', 'deny']),
  /** Five fields of cron: minute hour day month weekday. */
  schedule: z.string().max(200),
  /** `1h30m`, `3d`; a minute to seven days. */
  duration: z.string().max(30),
  /** IANA name. */
  timeZone: z.string().max(60).default('UTC'),
  applications: globs,
  namespaces: globs,
  clusters: globs,
  /** Every list given must match, not any. */
  andOperator: z.boolean().default(false),
  /** A person may sync although it closes. */
  manualSync: z.boolean().default(false),
  description: z.string().max(200).default(''),
});
/** As stored. What a later runtime cannot read any more is no reason to lose it: it closes. */
export const storedSyncWindows = z.array(syncWindow);
const syncWindows = z
  .array(syncWindow)
  .max(50)
  .superRefine((windows, context) => {
    for (const [index, window] of windows.entries())
      for (const { field, message } of checkWindow(window))
        context.addIssue({ code: 'custom', path: [index, field], message });
  });

const description = z.string().max(2_000);
export const projectInput = z.strictObject({
  name,
  description: description.default(''),
  syncWindows: syncWindows.default([]),
  /** For all its applications. */
  ignoreRules: ignoreRules.default([]),
});
export const updateProjectInput = z.strictObject({ name, description, syncWindows, ignoreRules }).partial();
export const projectView = z.object({
  id,
  name,
  description: z.string(),
  syncWindows: z.array(syncWindow),
  ignoreRules: z.array(ignoreRule),
  applicationCount: z.number().int(),
  createdAt: timestamp,
});
export type ProjectView = z.infer<typeof projectView>;
