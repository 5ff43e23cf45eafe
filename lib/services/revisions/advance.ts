import { findSetByInputs, findSetHead, markSetUsed, type SetHead } from '#lib/database/rendering.ts';
import { type DeclaredRow, setStepError, type StateRow, updateState } from '#lib/database/states.ts';
import { addTimelineEntries } from '#lib/database/timeline.ts';
import type { Transaction } from '#lib/database/transaction.ts';
import type { CommitInfo, ReadPath, RepositoryEndpoint } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { inputsKeyOf } from './inputs.ts';
import { follows, storeCommits } from './observe.ts';

/** The set an application renders at a commit, found without rendering; null when something it reads has changed. */
export async function findKnownSet(
  ctx: WorkerContext,
  application: DeclaredRow,
  at: { endpoint: RepositoryEndpoint; sha: string; targetSetId: string | null },
): Promise<{ id: string } | null> {
  const head = at.targetSetId === null ? null : await findSetHead(ctx.database.prisma, at.targetSetId);
  if (!head) return null;
  const reads = await ctx.ports.source.hashes(
    at.endpoint,
    at.sha,
    head.reads.map((read) => read.path),
  );
  const versions = await ctx.ports.renderer.versions();
  return findSetByInputs(ctx.database.prisma, knownKey(ctx, application, { head, reads, versions }));
}

/** Inputs key a render would have if it read what it read last time. */
export function knownKey(
  ctx: WorkerContext,
  application: DeclaredRow,
  made: { head: SetHead; reads: readonly ReadPath[]; versions: Partial<Record<string, string>> },
): string {
  const version = made.versions[made.head.tool] ?? 'absent';
  return inputsKeyOf(ctx, application, { reads: made.reads, version });
}

export interface Advance {
  application: DeclaredRow;
  state: StateRow;
  commit: CommitInfo;
  setId: string;
  /** The commit shown before is no longer part of the branch. */
  forced: boolean;
}

/**
 * Moves an application to what it renders at a commit. The target stays at the newest commit that changed something of
 * it, so a commit that touches nothing it reads writes nothing. Answers whether anything was written.
 */
export async function advanceTarget(
  ctx: WorkerContext,
  transaction: Transaction,
  { application, state, commit, setId, forced }: Advance,
): Promise<boolean> {
  const { tx, changed, enqueue } = transaction;
  const cleared = await setStepError(tx, {
    applicationId: application.id,
    steps: ['source', 'render'],
    error: null,
  });
  const sameSet = state.targetSetId === setId;
  const keepsCommit =
    state.targetSha === commit.sha ||
    (sameSet && state.targetSha !== null && follows(application.targetRevision) && !forced);
  const moved = !sameSet || !keepsCommit;
  if (moved) {
    await storeCommits(ctx, tx, { repositoryId: application.repositoryId, commits: [commit] });
    await updateState(tx, application.id, {
      targetSetId: setId,
      ...(keepsCommit ? {} : { targetSha: commit.sha }),
      digest: '',
    });
    await markSetUsed(tx, setId, ctx.clock.now());
    if (forced && !keepsCommit && state.targetSha !== null) {
      const lost = state.targetSha.slice(0, 7);
      const summary = `${application.targetRevision} was force-pushed: ${lost} is no part of it any more, ${commit.sha.slice(0, 7)} is its head`;
      await addTimelineEntries(tx, [{ applicationId: application.id, kind: 'sync', summary, at: ctx.clock.now() }]);
    }
  }
  if (!moved && !cleared) return false;
  changed(`application:${application.id}`);
  enqueue({ kind: 'compare', key: application.id });
  return true;
}
