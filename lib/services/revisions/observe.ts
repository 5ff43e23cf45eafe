import { insertRevisions, knownRevisions } from '#lib/database/revisions.ts';
import type { Reader } from '#lib/database/reader.ts';
import { setStepError, type StepName } from '#lib/database/states.ts';
import { addTimelineEntries } from '#lib/database/timeline.ts';
import type { Transaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { parseTargetRevision } from '#lib/domain/revision/target.ts';
import { type CommitInfo, type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';

/** What a target revision means now: a commit, or why it means nothing. */
export type Resolved = { sha: string; commit: CommitInfo; error?: never } | { sha?: never; error: SourceError };

/** Resolves each target once, from the mirror. Errors of one target do not touch the others. */
export async function resolveTargets(
  ctx: WorkerContext,
  endpoint: RepositoryEndpoint,
  targets: Iterable<string>,
): Promise<Map<string, Resolved>> {
  const resolved = new Map<string, Resolved>();
  for (const target of new Set(targets)) {
    try {
      const { sha } = await ctx.ports.source.resolve(endpoint, target);
      resolved.set(target, { sha, commit: await ctx.ports.source.commit(endpoint, sha) });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      resolved.set(target, { error });
    }
  }
  return resolved;
}

/** Stores commits that are not known yet. */
export async function storeCommits(
  ctx: WorkerContext,
  tx: Reader,
  { repositoryId, commits }: { repositoryId: string; commits: CommitInfo[] },
): Promise<void> {
  const shas = [...new Set(commits.map((commit) => commit.sha))];
  if (shas.length === 0) return;
  const known = await knownRevisions(tx, repositoryId, shas);
  const fresh = commits.filter((commit) => !known.has(commit.sha));
  await insertRevisions(
    tx,
    fresh.map((commit) => ({
      repositoryId,
      sha: commit.sha,
      treeHash: commit.treeHash,
      authorName: commit.authorName,
      authorEmail: commit.authorEmail,
      authoredAt: new Date(commit.authoredAt),
      committerName: commit.committerName,
      committedAt: new Date(commit.committedAt),
      subject: commit.subject,
      body: commit.body,
      firstSeenAt: ctx.clock.now(),
    })),
  );
}

/** Writes the error of a step where a person looks, once per wording, and keeps everything else as last known. */
export async function recordStepError(
  ctx: WorkerContext,
  { tx, changed, enqueue }: Transaction,
  failure: { applicationId: string; step: StepName; error: string },
): Promise<void> {
  const error = maskText(failure.error);
  const { applicationId, step } = failure;
  if (!(await setStepError(tx, { applicationId, steps: [step], error }))) return;
  await addTimelineEntries(tx, [
    { applicationId, kind: 'error', summary: error, detail: { step }, at: ctx.clock.now() },
  ]);
  changed(`application:${applicationId}`);
  // A failure is a reason to look, and that is the comparison's to say; its own failure would only call itself.
  if (step !== 'compare') enqueue({ kind: 'compare', key: applicationId });
}

/** A branch (or HEAD) moves by itself; what a person wrote as a tag or commit is shown as they meant it. */
export function follows(targetRevision: string): boolean {
  const { kind } = parseTargetRevision(targetRevision);
  return kind === 'head' || kind === 'name' || kind === 'ref';
}
