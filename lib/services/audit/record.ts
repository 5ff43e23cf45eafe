import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import type { Reader } from '#lib/database/reader.ts';
import { insertAuditEvent } from '#lib/database/audit.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Context } from '../context.ts';

export interface AuditTarget {
  kind:
    | 'application'
    | 'cluster'
    | 'repository'
    | 'project'
    | 'health-rule'
    | 'person'
    | 'session'
    | 'audit'
    | 'installation';
  id: string;
  name: string;
}

export interface AuditEntry {
  verb: AuditVerb;
  target: AuditTarget;
  outcome: 'allowed' | 'refused' | 'succeeded' | 'failed';
  /** Why: the person's words, or the refusal's. Masked. */
  reason?: string;
  /** Masked detail; never credentials, never manifests. */
  detail?: JsonObject;
  beforeHash?: string;
  afterHash?: string;
}

/** Writes one audit event in the act's own transaction. Fails the act when it cannot be written. */
export async function recordAudit(ctx: Context, tx: Reader, entry: AuditEntry): Promise<void> {
  await insertAuditEvent(tx, {
    at: ctx.clock.now(),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    requestId: ctx.requestId,
    verb: entry.verb,
    targetKind: entry.target.kind,
    targetId: entry.target.id,
    targetName: entry.target.name,
    outcome: entry.outcome,
    reason: entry.reason ?? '',
    detail: entry.detail ?? {},
    beforeHash: entry.beforeHash ?? null,
    afterHash: entry.afterHash ?? null,
  });
}
