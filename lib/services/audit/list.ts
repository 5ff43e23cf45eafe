import { type AuditEvent, auditEvent, type ListAuditQuery } from '#lib/contracts/audit.ts';
import type { Page } from '#lib/contracts/common.ts';
import { type AuditFilter, type AuditRow, countAuditEvents, listAuditEvents } from '#lib/database/audit.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';

export function auditEventOf(row: AuditRow): AuditEvent {
  return auditEvent.parse({ ...row, sequence: row.sequence.toString(), at: row.at.toISOString() });
}

export function auditFilterOf(query: Omit<ListAuditQuery, 'cursor' | 'limit'>): AuditFilter {
  return {
    query: query.query.trim(),
    actor: query.actor,
    verb: query.verb,
    outcome: query.outcome,
    targetKind: query.targetKind,
    targetId: query.targetId,
    from: query.from === undefined ? undefined : new Date(query.from),
    to: query.to === undefined ? undefined : new Date(query.to),
  };
}

/** Who did what or was refused, newest first. Errors: forbidden, invalid. */
export async function listAudit(ctx: Context, query: ListAuditQuery): Promise<Page<AuditEvent>> {
  await requirePermission(ctx, 'audit:read');
  const filter = auditFilterOf(query);
  const [after] = decodeCursor(query.cursor, ['number']) ?? [];
  const before = after === undefined ? undefined : BigInt(Math.trunc(Number(after)));
  const { prisma } = ctx.database;
  const [rows, total] = await Promise.all([
    listAuditEvents(prisma, { filter, before, limit: query.limit + 1 }),
    countAuditEvents(prisma, filter),
  ]);
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items: items.map(auditEventOf),
    nextCursor: encodeCursor(last ? [last.sequence.toString()] : null),
    total,
  };
}
