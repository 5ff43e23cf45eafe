import { deleteLapsedLeases } from '#lib/database/leases.ts';
import { listActiveOperations } from '#lib/database/operations.ts';
import { listOpenPins } from '#lib/database/pins.ts';
import { deletePlansBefore } from '#lib/database/plans.ts';
import { listOpenSuspensions } from '#lib/database/suspensions.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { WorkerContext } from '../context.ts';
import { dueAt } from '../shared/hold.ts';

/** Of plans and of leases that lapsed. */
const RETENTION_MS = 24 * 3_600_000;

/**
 * Enqueues every operation, pin and suspension that is not over, at a worker's start and every minute: whatever a lost job or a
 * killed worker left behind goes on. A key already waiting is not added twice.
 */
export async function resumeOperations(ctx: WorkerContext): Promise<number> {
  const active = await listActiveOperations(ctx.database.prisma);
  const pins = await listOpenPins(ctx.database.prisma);
  const suspensions = await listOpenSuspensions(ctx.database.prisma);
  await inTransaction(ctx.database, async ({ tx, enqueue }) => {
    for (const { id, phase } of active) enqueue({ kind: phase === 'waiting' ? 'await-health' : 'operate', key: id });
    for (const pin of pins) enqueue({ kind: 'pins', key: pin.applicationId, startAfter: dueAt(pin) });
    for (const each of suspensions) enqueue({ kind: 'suspensions', key: each.applicationId, startAfter: dueAt(each) });
    const before = new Date(ctx.clock.now().getTime() - RETENTION_MS);
    await deletePlansBefore(tx, before);
    await deleteLapsedLeases(tx, before);
  });
  return active.length;
}
