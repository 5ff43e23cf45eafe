import { z } from 'zod';
import { STATE_ORIGINS } from '#lib/domain/history/state-at.ts';
import { DEPLOYING_KINDS } from '#lib/domain/sync/status.ts';
import { commit, objectChange } from './applications.ts';
import { id, timestamp } from './common.ts';

export const deploymentView = z.object({
  id,
  kind: z.enum(DEPLOYING_KINDS),
  operationId: id.nullable(),
  commit,
  images: z.array(z.string()),
  actorName: z.string(),
  outcome: z.string(),
  message: z.string(),
  startedAt: timestamp,
  finishedAt: timestamp,
  current: z.boolean(),
});
export type DeploymentView = z.infer<typeof deploymentView>;

/** Rendered difference between two past deployments, before = older. */
export const deploymentDiffQuery = z.object({ from: id, to: id });
export const deploymentDiff = z.object({ objects: z.array(objectChange) });

/** A moment that has passed. */
export const stateAtQuery = z.object({ at: timestamp });
export const stateView = z.object({
  at: timestamp,
  /** The last deployment before; null where nothing was deployed yet, and then there are no objects. */
  deployment: z.object({ id, sha: z.string(), finishedAt: timestamp, actorName: z.string() }).nullable(),
  objects: z.array(
    z.object({
      key: z.string(),
      group: z.string(),
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      origin: z.enum(STATE_ORIGINS),
      note: z.string(),
      /** Masked YAML; '' where it was absent or its manifest was not kept. */
      text: z.string(),
    }),
  ),
});
export type StateView = z.infer<typeof stateView>;
