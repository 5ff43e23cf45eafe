import type { OperationView } from '#lib/contracts/operations.ts';
import { findOperation, updateOperation } from '#lib/database/operations.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { operationViewOf } from './view.ts';

/**
 * Asks an operation to stop. What was applied stays applied; nothing further is. The worker closes it as `terminated`.
 * Errors: forbidden (audited), not-found, conflict when it is over.
 */
export async function terminateOperation(ctx: Context, input: { id: string }): Promise<OperationView> {
  const row = await findOperation(ctx.database.prisma, input.id);
  const subject = row ? await findSubject(ctx.database.prisma, row.applicationId) : null;
  const target = { kind: 'application' as const, id: row?.applicationId ?? input.id, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:terminate', { verb: 'sync.terminate', target });
  if (!row || !subject) throw notFound('operation', input.id);
  if (!ACTIVE_PHASES.some((phase) => phase === row.phase)) {
    throw new ServiceError('conflict', `The ${row.kind} of ${subject.name} is over: ${row.phase}.`);
  }
  return inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    await updateOperation(tx, row.id, { terminateRequestedAt: ctx.clock.now(), terminateRequestedBy: ctx.actor.name });
    await recordAudit(ctx, tx, { verb: 'sync.terminate', target, outcome: 'allowed', detail: { operationId: row.id } });
    enqueue({ kind: row.phase === 'waiting' ? 'await-health' : 'operate', key: row.id });
    changed(`operation:${row.id}`, 'audit');
    const stored = await findOperation(tx, row.id);
    return operationViewOf(stored ?? row, subject.name);
  });
}
