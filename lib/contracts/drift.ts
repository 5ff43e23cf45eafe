import { z } from 'zod';
import { id, json, pageQuery, timestamp } from './common.ts';

/** undefined side = the field is not there. */
export const difference = z.object({ path: z.string(), desired: json.optional(), live: json.optional() });

/** A field that the cluster refuses to change, and why, in words. */
export const immutableField = z.object({ path: z.string(), why: z.string() });

export const driftView = z.object({
  id,
  applicationId: id,
  applicationName: z.string(),
  clusterName: z.string(),
  objectKey: z.string(),
  path: z.string(),
  kind: z.enum(['changed', 'added', 'missing', 'extra']),
  before: json.nullable(),
  after: json.nullable(),
  manager: z.string().nullable(),
  operation: z.string().nullable(),
  managerTime: timestamp.nullable(),
  certain: z.boolean(),
  culprit: z.enum(['person', 'controller', 'agent', 'unknown']),
  fingerprint: z.string(),
  firstSeenAt: timestamp,
  lastSeenAt: timestamp,
  closedAt: timestamp.nullable(),
  count: z.number().int(),
  /** How often it was put right and drifted again soon after. */
  heals: z.number().int().default(0),
  /** So often that it is a loop of two writers. */
  fought: z.boolean().default(false),
});
export type DriftView = z.infer<typeof driftView>;

export const listDriftQuery = pageQuery.extend({
  query: z.string().max(500).default(''),
  state: z.enum(['open', 'closed', 'all']).default('open'),
  applicationId: id.optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
});
