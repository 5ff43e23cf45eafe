import { z } from 'zod';
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
