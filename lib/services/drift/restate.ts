import { readComparisonFacts } from '#lib/database/comparing.ts';
import { findDeclared, listObjectRows, lockState, type ObjectRow, updateState } from '#lib/database/states.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { HEALTH_STATUSES } from '#lib/domain/health/status.ts';
import { SYNC_STATUSES } from '#lib/domain/sync/status.ts';
import type { WorkerContext } from '../context.ts';
import { summarise, type SummaryObject } from './summary.ts';

/**
 * Says of an application whose cluster does not answer what can be said without it: how its last operation ended, which
 * step failed, whether a pin holds. Its objects stay as last known. Writes nothing when all of that is stored already.
 */
export async function restate(ctx: WorkerContext, applicationId: string): Promise<void> {
  const application = await findDeclared(ctx.database.prisma, applicationId);
  if (!application || application.agent !== 'native') return;
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const state = await lockState(tx, applicationId);
    if (!state) return;
    const facts = await readComparisonFacts(tx, applicationId);
    const now = ctx.clock.now();
    const objects = (await listObjectRows(tx, applicationId)).filter((row) => row.managed).map(asLastKnown);
    const { driftCount } = state;
    const { row, digest } = summarise({ application, state, facts, objects, driftCount, now });
    if (digest === state.digest) return;
    await updateState(tx, applicationId, { ...row, digest, changedAt: now });
    changed(`application:${applicationId}`);
  });
}

function asLastKnown({ key, desiredHash, sync, health, message }: ObjectRow): SummaryObject {
  return {
    subject: { key, target: desiredHash },
    judged: { classification: { sync: SYNC_STATUSES.find((known) => known === sync) ?? 'Unknown' } },
    health: { status: HEALTH_STATUSES.find((known) => known === health) ?? 'Unknown', message, cause: message },
  };
}
