import type { z } from 'zod';
import type { AuditEvent, exportAuditQuery } from '#lib/contracts/audit.ts';
import { type AuditFilter, listAuditEvents } from '#lib/database/audit.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { canonicalJson } from '#lib/domain/resource/canonical.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { auditEventOf, auditFilterOf } from './list.ts';
import { recordAudit } from './record.ts';

const BATCH = 1_000;
const COLUMNS = [
  'sequence',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'verb',
  'targetKind',
  'targetId',
  'targetName',
  'outcome',
  'reason',
  'requestId',
  'beforeHash',
  'afterHash',
  'detail',
] as const satisfies readonly (keyof AuditEvent)[];

/** One cell of RFC 4180; what a spreadsheet would run as a formula is made a text. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : canonicalJson(value);
  const harmless = /^\s*[=+\-@\t\r|]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export interface AuditExport {
  contentType: string;
  fileName: string;
  /** Read batch by batch while the answer is sent, newest first; what happens after the start is not in it. */
  lines: AsyncIterable<string>;
}

/** Every matching event as CSV or JSON lines; that somebody exported it is an event too. Errors: forbidden (audited). */
export async function exportAudit(ctx: Context, query: z.infer<typeof exportAuditQuery>): Promise<AuditExport> {
  const { format, ...conditions } = query;
  const target = { kind: 'audit' as const, id: '', name: format };
  await requirePermission(ctx, 'audit:export', { verb: 'audit.export', target });
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const given = Object.entries(conditions).filter(([, value]) => value !== undefined && value !== '');
    const detail = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
    await recordAudit(ctx, tx, { verb: 'audit.export', target, outcome: 'allowed', detail });
    changed('audit');
  });
  const day = ctx.clock.now().toISOString().slice(0, 10);
  return {
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    fileName: `quarterdeck-audit-${day}.${format}`,
    lines: linesOf(ctx, auditFilterOf(conditions), format),
  };
}

async function* linesOf(ctx: Context, filter: AuditFilter, format: 'csv' | 'jsonl'): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  let before: bigint | undefined;
  for (;;) {
    const rows = await listAuditEvents(ctx.database.prisma, { filter, before, limit: BATCH });
    if (rows.length === 0) return;
    before = rows.at(-1)?.sequence;
    yield rows
      .map(auditEventOf)
      .map((event) =>
        format === 'csv'
          ? `${COLUMNS.map((column) => csvCell(event[column])).join(',')}\r\n`
          : `${JSON.stringify(event)}\n`,
      )
      .join('');
    if (rows.length < BATCH) return;
  }
}
