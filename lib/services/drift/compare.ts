import { inTransaction } from '#lib/database/transaction.ts';
import { metrics, timed } from '#lib/observability/metrics.ts';
import { ClusterError, type ClusterErrorReason } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { WorkerContext } from '../context.ts';
import { LeaseLostError } from '../leases/with-lease.ts';
import { recordStepError } from '../revisions/observe.ts';
import { detect } from './detect.ts';
import { restate } from './restate.ts';

/** Failures of the cluster as a whole: they are shown on the cluster, and all is compared when it answers again. */
const OUTAGES: ReadonlySet<ClusterErrorReason> = new Set(['unreachable', 'timeout', 'tls', 'unauthenticated']);

export type ComparedHow =
  | { outcome: 'compared'; wrote: boolean; againMs: number | null }
  /** The cluster does not answer; the last known state stays. */
  | { outcome: 'silent' }
  /** Another worker has the cluster now. */
  | { outcome: 'lost' };

const comparisonOutcome = (error: unknown, how: ComparedHow | undefined): string => {
  if (error !== undefined || how === undefined) return 'failed';
  if (how.outcome !== 'compared') return how.outcome;
  return how.wrote ? 'changed' : 'unchanged';
};

/** Compares an application; what the cluster refuses (rights, limits) is written on the application, then thrown. */
export async function compareApplication(
  ctx: WorkerContext,
  applicationId: string,
  ...[live, signal]: [live: LiveCluster, signal?: AbortSignal]
): Promise<ComparedHow> {
  return timed(
    () => compareNow(ctx, applicationId, live, signal),
    metrics().comparisons,
    (error, how) => ({
      outcome: comparisonOutcome(error, how),
    }),
  );
}

async function compareNow(
  ctx: WorkerContext,
  applicationId: string,
  ...[live, signal]: [live: LiveCluster, signal?: AbortSignal | undefined]
): Promise<ComparedHow> {
  try {
    return { outcome: 'compared', ...(await detect(ctx, applicationId, live, signal)) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof LeaseLostError) return { outcome: 'lost' };
    if (error instanceof ClusterError && OUTAGES.has(error.reason)) {
      await restate(ctx, applicationId);
      return { outcome: 'silent' };
    }
    if (error instanceof ClusterError) {
      const failure = { applicationId, step: 'compare' as const, error: error.message };
      await inTransaction(ctx.database, (transaction) => recordStepError(ctx, transaction, failure));
    }
    throw error;
  }
}
