import { findOperation, moveOperation, type OperationWithObjects } from '#lib/database/operations.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { WorkerContext } from '../context.ts';
import { type Ending, finishOperation } from './finish.ts';
import { type OperationHealth, readHealth } from './read-health.ts';
import { summaryOf } from './view.ts';

const SOON_MS = 500;
const LATER_MS = 2_000;
/** Checked often at first, then at ease. */
const EARLY_MS = 30_000;

/**
 * One look at the health of what an operation applied; closes it when healthy, degraded for good or past its deadline, and
 * answers the milliseconds until the next look otherwise. Never blocks; safe to call twice.
 */
export async function awaitHealth(ctx: WorkerContext, operationId: string): Promise<number | null> {
  const row = await findOperation(ctx.database.prisma, operationId);
  const subject = row ? await findSubject(ctx.database.prisma, row.applicationId) : null;
  if (!row || !subject || row.phase !== 'waiting') return null;
  const now = ctx.clock.now().getTime();
  const late = row.deadlineAt !== null && row.deadlineAt.getTime() <= now;
  const ids = row.objects
    .filter(({ action, result }) => action !== 'hook' && !['pruned', 'skipped', 'failed'].includes(result))
    .map((object) => object.key);
  const health = await lookAt(() => readHealth(ctx, subject, ids));
  const ending = row.terminateRequestedAt
    ? {
        phase: 'terminated' as const,
        message: `Applied; waiting was ended by ${row.terminateRequestedBy ?? 'a person'}.`,
      }
    : endingOf(row, health, late);
  if (ending) {
    await finishOperation(ctx, { row, subject }, { ...ending, outcome: health.status, images: health.images });
    return null;
  }
  await tell(ctx, { id: row.id, before: row.message, message: `Waiting for health: ${health.message}` });
  return now - (row.appliedAt?.getTime() ?? now) < EARLY_MS ? SOON_MS : LATER_MS;
}

/** A cluster that does not answer now says nothing about health. */
async function lookAt(look: () => Promise<OperationHealth>): Promise<OperationHealth> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ClusterError)
      return { status: 'Unknown', message: maskText(error.message), images: [], isFinal: false };
    throw error;
  }
}

/** What a success says is what was done; the row's own message is the last thing that was waited for. */
function endingOf(row: OperationWithObjects, health: OperationHealth, late: boolean): Ending | null {
  if (health.status === 'Healthy' || health.status === 'Suspended') {
    return { phase: 'succeeded', message: summaryOf(row) };
  }
  if (health.isFinal) return { phase: 'failed', message: `Applied, but degraded. ${health.message}` };
  return late ? { phase: 'failed', message: `Applied, but not healthy in time. ${health.message}` } : null;
}

async function tell(ctx: WorkerContext, told: { id: string; before: string; message: string }): Promise<void> {
  if (told.before === told.message) return;
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await moveOperation(tx, told.id, { from: ['waiting'], to: 'waiting', message: told.message });
    changed(`operation:${told.id}`);
  });
}
