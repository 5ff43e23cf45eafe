import { z } from 'zod';
import { auditEvent } from './audit.ts';
import { clusterView } from './clusters.ts';
import { diagnosis, id, timestamp } from './common.ts';

/** One cause, however many applications have it. */
export const attentionGroup = z.object({
  fingerprint: z.string(),
  attention: z.number().int(),
  /** Failed, Terminating, Degraded, Missing, Drift, OutOfSync, Pinned, Progressing, Unknown. */
  reason: z.string(),
  cause: z.string(),
  diagnosis,
  since: timestamp.nullable(),
  count: z.number().int(),
  clusterCount: z.number().int(),
  /** At most 5, worst first. */
  applications: z.array(z.object({ id, name: z.string(), clusterName: z.string() })),
  /** What to do about it. */
  suggestion: z.enum(['open', 'sync', 'revert', 'rollback', 'test-connection']),
});
export type AttentionGroup = z.infer<typeof attentionGroup>;

export const fleetView = z.object({
  applicationCount: z.number().int(),
  attentionCount: z.number().int(),
  silentClusterCount: z.number().int(),
  openDriftCount: z.number().int(),
  lastDeployment: z.object({ at: timestamp, actorName: z.string(), applicationName: z.string() }).nullable(),
  clusters: z.array(clusterView),
  attention: z.array(attentionGroup),
  /** 48 half hours, oldest first. */
  lastDay: z.array(
    z.object({
      from: timestamp,
      deployments: z.number().int(),
      failed: z.number().int(),
      driftOpened: z.number().int(),
      driftClosed: z.number().int(),
    }),
  ),
  latestActions: z.array(auditEvent),
  repositoryCount: z.number().int(),
  at: timestamp,
});
export type FleetView = z.infer<typeof fleetView>;
