import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';

/** Asks workers to fetch, render and compare now. Errors: forbidden (audited), not-found. */
export async function refreshApplication(ctx: Context, input: { id: string }): Promise<{ requestedAt: string }> {
  const subject = await findSubject(ctx.database.prisma, input.id);
  const target = { kind: 'application' as const, id: input.id, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:refresh', { verb: 'application.refresh', target });
  if (!subject) throw notFound('application', input.id);
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    await recordAudit(ctx, tx, { verb: 'application.refresh', target, outcome: 'allowed' });
    enqueue(
      { kind: 'fetch', key: subject.repositoryId },
      { kind: 'render', key: subject.id },
      { kind: 'compare', key: subject.id },
    );
    changed('audit');
  });
  return { requestedAt: ctx.clock.now().toISOString() };
}
