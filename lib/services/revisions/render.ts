import { type DeclaredRow, ensureState, findDeclared, lockState } from '#lib/database/states.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { RenderError } from '#lib/ports/renderer.ts';
import { type CommitInfo, type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { advanceTarget, findKnownSet } from './advance.ts';
import { recordStepError } from './observe.ts';
import { renderAt } from './render-at.ts';

/** Failures that may be gone next time; all others are the commit's own and wait for another commit. */
const PASSING = new Set(['timeout', 'tool-missing', 'internal', 'unreachable']);

/**
 * Brings an application to what its target revision renders now. A set known for the same inputs is reused without
 * rendering. What fails is written on the application, with everything else as last known; failures that may pass are
 * thrown as well, to be tried again.
 */
export async function renderApplication(
  ctx: WorkerContext,
  applicationId: string,
  signal?: AbortSignal,
): Promise<void> {
  const application = await findDeclared(ctx.database.prisma, applicationId);
  if (!application || application.agent !== 'native') return;
  const state = await ensureState(ctx.database.prisma, application);
  const endpoint = await repositoryEndpoint(ctx, application.repositoryId);
  try {
    const commit = await targetCommit(ctx, application, { endpoint, signal });
    const at = { endpoint, sha: commit.sha, targetSetId: state.targetSetId };
    const setId =
      (await findKnownSet(ctx, application, at))?.id ?? (await renderAt(ctx, applicationId, commit.sha, signal)).setId;
    const forced = await wasForced(ctx, endpoint, { before: state.targetSha, now: commit.sha });
    await inTransaction(ctx.database, async (transaction) => {
      const current = await lockState(transaction.tx, applicationId);
      if (current) await advanceTarget(ctx, transaction, { application, state: current, commit, setId, forced });
    });
  } catch (error) {
    signal?.throwIfAborted();
    await recordFailure(ctx, applicationId, error);
  }
}

/** The commit of the target revision; a mirror that does not know it yet is fetched once. */
async function targetCommit(
  ctx: WorkerContext,
  application: DeclaredRow,
  { endpoint, signal }: { endpoint: RepositoryEndpoint; signal: AbortSignal | undefined },
): Promise<CommitInfo> {
  const { source } = ctx.ports;
  const look = async () => source.commit(endpoint, (await source.resolve(endpoint, application.targetRevision)).sha);
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof SourceError) || error.reason !== 'not-found') throw error;
    await source.fetch(endpoint, signal ? { signal } : {});
    return look();
  }
}

/** True when `before` is not part of the history of `now` any more (or unknown altogether). */
export async function wasForced(
  ctx: WorkerContext,
  endpoint: RepositoryEndpoint,
  { before, now }: { before: string | null; now: string },
): Promise<boolean> {
  if (before === null || before === now) return false;
  try {
    const lost = await ctx.ports.source.log(endpoint, { to: before, from: now, limit: 1 });
    return lost.length > 0;
  } catch {
    return true;
  }
}

async function recordFailure(ctx: WorkerContext, applicationId: string, error: unknown): Promise<void> {
  if (!(error instanceof RenderError) && !(error instanceof SourceError)) throw error;
  const step = error instanceof RenderError ? 'render' : 'source';
  await inTransaction(ctx.database, (transaction) =>
    recordStepError(ctx, transaction, { applicationId, step, error: error.message }),
  );
  if (PASSING.has(error.reason)) throw error;
}
