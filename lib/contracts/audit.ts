import { z } from 'zod';
import { json, pageQuery, timestamp } from './common.ts';

export const auditEvent = z.object({
  /** Grows by one or more with every event. */
  sequence: z.string(),
  at: timestamp,
  actorKind: z.enum(['user', 'token', 'agent', 'system', 'webhook']),
  actorId: z.string(),
  actorName: z.string(),
  verb: z.string(),
  targetKind: z.string(),
  targetId: z.string(),
  targetName: z.string(),
  outcome: z.enum(['allowed', 'refused', 'succeeded', 'failed']),
  reason: z.string(),
  requestId: z.string(),
  beforeHash: z.string().nullable(),
  afterHash: z.string().nullable(),
  detail: json,
});
export type AuditEvent = z.infer<typeof auditEvent>;

export const listAuditQuery = pageQuery.extend({
  query: z.string().max(200).default(''),
  actor: z.string().max(200).optional(),
  verb: z.string().max(100).optional(),
  outcome: z.enum(['allowed', 'refused', 'succeeded', 'failed']).optional(),
  targetKind: z.string().max(50).optional(),
  targetId: z.string().max(100).optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
});
export type ListAuditQuery = z.infer<typeof listAuditQuery>;
export const exportAuditQuery = listAuditQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(['csv', 'jsonl']) });
