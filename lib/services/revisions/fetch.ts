import { findRepositoryHeads, type StoredHead, updateRepository } from '#lib/database/heads.ts';
import type { HeldLease } from '#lib/database/leases.ts';
import { listSetHeads, type SetHead } from '#lib/database/rendering.ts';
import { type DeclaredRow, ensureState, type StateRow } from '#lib/database/states.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { findSetsByInputs, listDeclaredOfRepository } from '#lib/database/targets.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { type ReadPath, type RepositoryEndpoint, SourceError, type SourcePort } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { requireFence, withLease } from '../leases/with-lease.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { advanceTarget, knownKey } from './advance.ts';
import { recordStepError, type Resolved, resolveTargets } from './observe.ts';
import { wasForced } from './render.ts';

/** Somebody else fetches it now; look again soon. */
const BUSY_MS = 1_000;
/** Spread of polls either way, so that a thousand repositories do not come at once. */
const JITTER = 0.1;

/** Repositories whose applications this process has checked since it started: a new renderer may make new sets. */
const checkedBySource = new WeakMap<SourcePort, Set<string>>();

interface Known {
  application: DeclaredRow;
  state: StateRow;
}

/**
 * Fetches a repository, moves its applications to what they render now (without rendering those that read nothing that
 * changed) and asks for the renders that are needed. Answers milliseconds until the next poll, or null when the
 * repository is gone. A failure is written on the repository and its applications, and thrown.
 */
export async function fetchRepository(
  ctx: WorkerContext,
  repositoryId: string,
  signal?: AbortSignal,
): Promise<number | null> {
  const repository = await findRepositoryHeads(ctx.database.prisma, repositoryId);
  if (!repository) {
    await ctx.ports.source.forget(repositoryId);
    return null;
  }
  const key = `repository:${repositoryId}`;
  const done = await withLease(ctx, { key, signal }, async (holding) => {
    const { lease } = holding;
    const endpoint = await repositoryEndpoint(ctx, repositoryId);
    try {
      const fetched = await ctx.ports.source.fetch(endpoint, { signal: holding.signal });
      await moveApplications(ctx, { endpoint, repository, lease, fetched });
    } catch (error) {
      holding.signal.throwIfAborted();
      if (error instanceof SourceError) await recordOutage(ctx, { repository, lease, error });
      throw error;
    }
    return true;
  });
  if (done === null) return BUSY_MS;
  return Math.round(repository.pollIntervalSeconds * 1_000 * (1 - JITTER + Math.random() * 2 * JITTER));
}

type Repository = NonNullable<Awaited<ReturnType<typeof findRepositoryHeads>>>;

interface Fetched {
  endpoint: RepositoryEndpoint;
  repository: Repository;
  lease: HeldLease;
  fetched: { defaultBranch: string; heads: StoredHead[] };
}

async function moveApplications(ctx: WorkerContext, { endpoint, repository, lease, fetched }: Fetched): Promise<void> {
  const same = sameHeads(repository.heads, fetched.heads) && isChecked(ctx, repository.id);
  const declared = await listDeclaredOfRepository(ctx.database.prisma, repository.id);
  const known: Known[] = [];
  for (const { state, ...application } of declared)
    known.push({ application, state: state ?? (await ensureState(ctx.database.prisma, application)) });
  const due = same ? known.filter(({ state }) => state.targetSha === null || state.errorStep === 'source') : known;
  const resolved = await resolveTargets(
    ctx,
    endpoint,
    due.map(({ application }) => application.targetRevision),
  );
  const sets = await knownSets(ctx, { endpoint, due, resolved });
  const rewritten = await isRewritten(ctx, endpoint, { before: repository.heads, now: fetched.heads });
  const forced = rewritten ? await forcedTargets(ctx, { endpoint, due, resolved }) : new Set<string>();
  await inTransaction(
    ctx.database,
    async (transaction) => {
      const { tx, changed, enqueue } = transaction;
      await requireFence(tx, lease);
      const news = repository.status !== 'reachable' || !same;
      await updateRepository(tx, repository.id, {
        status: 'reachable',
        lastError: null,
        lastFetchAt: ctx.clock.now(),
        defaultBranch: fetched.defaultBranch,
        ...(news ? { heads: fetched.heads } : {}),
      });
      if (news) changed(`repository:${repository.id}`);
      for (const { application, state } of due) {
        const target = resolved.get(application.targetRevision);
        if (!target) continue;
        if (target.error) {
          const error = target.error.message;
          await recordStepError(ctx, transaction, { applicationId: application.id, step: 'source', error });
          continue;
        }
        const setId = sets.get(application.id);
        if (setId === undefined) enqueue({ kind: 'render', key: application.id });
        else if (needsMove(state, { setId, forced: forced.has(application.id) }))
          await advanceTarget(ctx, transaction, {
            application,
            state,
            commit: target.commit,
            setId,
            forced: forced.has(application.id),
          });
      }
    },
    { timeoutMs: 60_000 },
  );
  checkedBySource.get(ctx.ports.source)?.add(repository.id);
}

function needsMove(state: StateRow, now: { setId: string; forced: boolean }): boolean {
  const failing = state.errorStep === 'source' || state.errorStep === 'render';
  return state.targetSetId !== now.setId || state.targetSha === null || failing || now.forced;
}

/** Set ids by application, of those that read nothing that has changed to something never rendered. One call to Git per commit. */
async function knownSets(
  ctx: WorkerContext,
  { endpoint, due, resolved }: { endpoint: RepositoryEndpoint; due: Known[]; resolved: Map<string, Resolved> },
): Promise<Map<string, string>> {
  const ids = due.flatMap(({ state }) => state.targetSetId ?? []);
  const heads = await listSetHeads(ctx.database.prisma, [...new Set(ids)]);
  const versions = await ctx.ports.renderer.versions();
  const pathsBySha = new Map<string, Set<string>>();
  const wanted: { application: DeclaredRow; sha: string; head: SetHead }[] = [];
  for (const { application, state } of due) {
    const sha = resolved.get(application.targetRevision)?.sha;
    const head = heads.get(state.targetSetId ?? '');
    if (sha === undefined || !head) continue;
    wanted.push({ application, sha, head });
    const paths = pathsBySha.get(sha) ?? new Set();
    pathsBySha.set(sha, paths);
    for (const { path } of head.reads) paths.add(path);
  }
  const hashes = new Map<string, Map<string, ReadPath>>();
  for (const [sha, paths] of pathsBySha) {
    const read = await ctx.ports.source.hashes(endpoint, sha, [...paths]);
    hashes.set(sha, new Map(read.map((one) => [one.path, one])));
  }
  const keys = new Map<string, string>();
  for (const { application, sha, head } of wanted) {
    const reads = head.reads.map(({ path }) => hashes.get(sha)?.get(path) ?? { path, hash: null });
    keys.set(application.id, knownKey(ctx, application, { head, reads, versions }));
  }
  const found = await findSetsByInputs(ctx.database.prisma, [...new Set(keys.values())]);
  return new Map([...keys].flatMap(([id, key]) => (found.has(key) ? [[id, found.get(key) ?? ''] as const] : [])));
}

/** True when some ref was moved otherwise than forward. One question per moved ref. */
async function isRewritten(
  ctx: WorkerContext,
  endpoint: RepositoryEndpoint,
  { before, now }: { before: readonly StoredHead[]; now: readonly StoredHead[] },
): Promise<boolean> {
  const known = new Map(before.map((head) => [head.ref, head.sha]));
  for (const { ref, sha } of now)
    if (await wasForced(ctx, endpoint, { before: known.get(ref) ?? null, now: sha })) return true;
  return false;
}

/** Applications whose shown commit is no longer part of what their target is now. One question per pair of commits. */
async function forcedTargets(
  ctx: WorkerContext,
  { endpoint, due, resolved }: { endpoint: RepositoryEndpoint; due: Known[]; resolved: Map<string, Resolved> },
): Promise<Set<string>> {
  const answers = new Map<string, boolean>();
  const forced = new Set<string>();
  for (const { application, state } of due) {
    const now = resolved.get(application.targetRevision)?.sha;
    if (now === undefined || state.targetSha === null) continue;
    const pair = `${state.targetSha} ${now}`;
    const answer = answers.get(pair) ?? (await wasForced(ctx, endpoint, { before: state.targetSha, now }));
    answers.set(pair, answer);
    if (answer) forced.add(application.id);
  }
  return forced;
}

async function recordOutage(
  ctx: WorkerContext,
  { repository, lease, error }: { repository: Repository; lease: HeldLease; error: SourceError },
): Promise<void> {
  const lastError = maskText(error.message);
  if (repository.status === 'unreachable' && repository.lastError === lastError) return;
  const declared = await listDeclaredOfRepository(ctx.database.prisma, repository.id);
  await inTransaction(ctx.database, async (transaction) => {
    await requireFence(transaction.tx, lease);
    await updateRepository(transaction.tx, repository.id, { status: 'unreachable', lastError });
    transaction.changed(`repository:${repository.id}`);
    for (const { id, state } of declared)
      if (state) await recordStepError(ctx, transaction, { applicationId: id, step: 'source', error: lastError });
  });
}

function sameHeads(before: readonly StoredHead[], now: readonly StoredHead[]): boolean {
  const text = (heads: readonly StoredHead[]) =>
    heads
      .map(({ ref, sha }) => `${ref} ${sha}`)
      .sort((a, b) => (a < b ? -1 : 1))
      .join('\n');
  return text(before) === text(now);
}

function isChecked(ctx: WorkerContext, repositoryId: string): boolean {
  const checked = checkedBySource.get(ctx.ports.source) ?? new Set<string>();
  checkedBySource.set(ctx.ports.source, checked);
  return checked.has(repositoryId);
}
