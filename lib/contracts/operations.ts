import { z } from 'zod';
import { SYNC_PHASES } from '#lib/domain/sync/order.ts';
import { FORGES } from '#lib/domain/revision/forge.ts';
import { OBJECT_RESULTS, OPERATION_KINDS, OPERATION_PHASES, PLAN_ACTIONS } from '#lib/domain/sync/status.ts';
import { difference, immutableField } from './drift.ts';
import { actor, id, timestamp } from './common.ts';

/** What to plan. A plan is computed by a worker with server-side dry runs; nothing is written anywhere by it. */
export const planInput = z.discriminatedUnion('kind', [
  /** The whole application, or chosen objects (`group/Kind/namespace/name`), at its target revision. */
  z.strictObject({
    kind: z.literal('sync'),
    prune: z.boolean().default(false),
    resources: z.array(z.string().max(800)).max(5_000).optional(),
    /** Pruned although they ask to be confirmed (`Prune=confirm`): the person named them. */
    confirmed: z.array(z.string().max(800)).max(5_000).optional(),
    /** Applied although other managers set their fields otherwise (`conflicts: ask`): the person named them. */
    takeOver: z.array(z.string().max(800)).max(5_000).optional(),
    /** False leaves hooks out, as the correction of drift does. Chosen resources never run them. */
    hooks: z.boolean().optional(),
  }),
  /** Drifted objects back to what was deployed. */
  z.strictObject({ kind: z.literal('revert'), resources: z.array(z.string().max(800)).min(1).max(5_000) }),
  /** A commit after which the application renders what the deployment did. */
  z.strictObject({
    kind: z.literal('rollback-git'),
    deploymentId: id,
    newBranch: z.string().min(1).max(200).optional(),
    /** Also open a pull request of the new branch. */
    pullRequest: z.boolean().optional(),
    reason: z.string().min(3).max(1_000),
  }),
  /** Held at a past deployment until `expiresAt`. */
  z.strictObject({
    kind: z.literal('pin'),
    deploymentId: id,
    reason: z.string().min(3).max(1_000),
    expiresAt: timestamp,
  }),
  /** The application with all its objects; what is kept of them the plan says. */
  z.strictObject({ kind: z.literal('delete') }),
]);
export type PlanInput = z.infer<typeof planInput>;

export const plannedObject = z.object({
  key: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  action: z.enum(PLAN_ACTIONS),
  /** Only hooks belong to another moment than Sync; their `key` ends in `@` and this. */
  phase: z.enum(SYNC_PHASES),
  wave: z.number().int(),
  /** It is pruned only where a person names it (`Prune=confirm`). */
  asksConfirmation: z.boolean().default(false),
  /** Fields that other managers set otherwise, where a person is asked before they are taken over. */
  contested: z.array(z.object({ manager: z.string(), field: z.string() })).default([]),
  /** Why it is in conflict or why the server would refuse it; when a hook runs. */
  message: z.string(),
  /** Fields that only a new object can have otherwise. */
  needsReplace: z.array(immutableField).default([]),
  differences: z.array(difference),
  before: z.string(),
  after: z.string(),
});
export type PlannedObject = z.infer<typeof plannedObject>;

/** Something that stands in the way: `block` cannot be passed, `confirm` wants the typed name. */
export const planGuard = z.object({
  level: z.enum(['block', 'confirm', 'warn']),
  message: z.string(),
  typedName: z.string().nullable(),
});
export type PlanGuard = z.infer<typeof planGuard>;

export const planResult = z.object({
  objects: z.array(plannedObject),
  counts: z.object({
    create: z.number(),
    change: z.number(),
    prune: z.number(),
    unchanged: z.number(),
    conflict: z.number(),
    hook: z.number(),
  }),
  guards: z.array(planGuard),
  /** Roll back by Git revert only. */
  git: z
    .object({
      repository: z.string(),
      branch: z.string(),
      newBranch: z.string().nullable(),
      /** Where a pull request will be opened; null for none. */
      forge: z.enum(FORGES).nullable().default(null),
      expectedHead: z.string(),
      paths: z.array(z.string()),
      message: z.string(),
      /** The commit as prepared, not pushed yet. */
      commitSha: z.string(),
      /** Applications that render any of these paths too. */
      sharedWith: z.array(z.object({ id, name: z.string(), clusterName: z.string() })),
      empty: z.boolean(),
    })
    .nullable(),
});
export type PlanResult = z.infer<typeof planResult>;

export const planView = z.object({
  id,
  applicationId: id,
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(['computing', 'ready', 'failed']),
  error: z.string().nullable(),
  revision: z.string().nullable(),
  hash: z.string().nullable(),
  result: planResult.nullable(),
  createdAt: timestamp,
});
export type PlanView = z.infer<typeof planView>;

/** The click: what the person saw travels with it. */
export const requestOperationInput = z.strictObject({
  planId: id,
  planHash: z.string().min(16).max(128),
  /** Needed when a guard says so. */
  typedName: z.string().max(1_000).optional(),
});

export const operationObject = z.object({
  key: z.string(),
  action: z.enum(PLAN_ACTIONS),
  phase: z.enum(SYNC_PHASES),
  wave: z.number().int(),
  result: z.enum(OBJECT_RESULTS),
  message: z.string(),
});
export const operationView = z.object({
  id,
  applicationId: id,
  applicationName: z.string(),
  kind: z.enum(OPERATION_KINDS),
  phase: z.enum(OPERATION_PHASES),
  message: z.string(),
  revision: z.string().nullable(),
  commitSha: z.string().nullable(),
  /** Of a roll back that was proposed. */
  pullRequestUrl: z.string().nullable(),
  automatic: z.boolean(),
  actor,
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  deadlineAt: timestamp.nullable(),
  terminateRequestedAt: timestamp.nullable(),
  objects: z.array(operationObject),
});
export type OperationView = z.infer<typeof operationView>;
