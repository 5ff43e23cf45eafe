import { moveOperation, type OperationWithObjects, updateOperation } from '#lib/database/operations.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { describeRetry, retryOperationMs, type Trouble } from '#lib/domain/sync/outage.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import { ForgeError } from '#lib/ports/forge.ts';
import { RenderError } from '#lib/ports/renderer.ts';
import { SourceError } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** Whether trying again later may help: the other side does not answer now. */
export function isOutage(error: unknown): boolean {
  return troubleOf(error) === 'outage';
}

/** Errors that nobody foresaw are faults: a database that restarts, a checkout that vanished. */
function troubleOf(error: unknown): Trouble {
  if (error instanceof ClusterError) {
    if (['unreachable', 'timeout', 'throttled'].includes(error.reason)) return 'outage';
    return error.reason === 'server' ? 'fault' : 'refusal';
  }
  if (error instanceof SourceError) {
    if (['unreachable', 'timeout'].includes(error.reason)) return 'outage';
    return error.reason === 'internal' ? 'fault' : 'refusal';
  }
  if (error instanceof RenderError) {
    return ['timeout', 'tool-missing', 'internal'].includes(error.reason) ? 'fault' : 'refusal';
  }
  if (error instanceof ForgeError) {
    if (['unreachable', 'timeout'].includes(error.reason)) return 'outage';
    return error.reason === 'server' ? 'fault' : 'refusal';
  }
  return error instanceof ServiceError ? 'refusal' : 'fault';
}

/**
 * Notes what hinders an operation and answers the milliseconds until it is tried again; null when it fails now.
 * A run that says how it ended is no lost attempt.
 */
export async function noteHindrance(
  ctx: WorkerContext,
  { row, repositoryId }: { row: OperationWithObjects; repositoryId: string },
  error: unknown,
): Promise<number | null> {
  const trouble = troubleOf(error);
  const message = maskText(error instanceof Error ? error.message : String(error));
  const now = ctx.clock.now();
  const since = row.hinderedSince ?? now;
  const tries = row.hinderedTries + 1;
  const moment = { now: now.getTime(), patienceMs: ctx.policy.operationTimeoutSeconds * 1000 };
  const delayMs = retryOperationMs(trouble, { tries, since: since.getTime() }, moment);
  if (delayMs === null) return null;
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    await moveOperation(tx, row.id, {
      from: ['running'],
      to: 'running',
      message: describeRetry(message, { tries, delayMs }),
      attempt: row.attempt,
      hinderedTries: tries,
      hinderedSince: since,
    });
    // A damaged mirror is mended by a fetch, and by nothing else.
    if (error instanceof SourceError) enqueue({ kind: 'fetch', key: repositoryId });
    changed(`operation:${row.id}`);
  });
  return delayMs;
}

/** It gets on again: what hindered it before counts no more. */
export async function clearHindrance(ctx: WorkerContext, row: OperationWithObjects): Promise<void> {
  if (row.hinderedTries === 0) return;
  await inTransaction(ctx.database, ({ tx }) => updateOperation(tx, row.id, { hinderedTries: 0, hinderedSince: null }));
}
