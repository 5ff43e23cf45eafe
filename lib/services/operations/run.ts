import { planInput } from '#lib/contracts/operations.ts';
import { updateDeployedState } from '#lib/database/deployments.ts';
import { findOperation, moveOperation, skipPending, updateOperation } from '#lib/database/operations.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import type { WorkerContext } from '../context.ts';
import { withLease } from '../leases/with-lease.ts';
import { createPin } from '../pins/create.ts';
import { computeFor, runsHooks } from '../plans/compute.ts';
import type { ComputedPlan } from '../plans/computed.ts';
import { surveyDeletion } from '../plans/deletion.ts';
import { type Survey, surveyApplication } from '../plans/survey.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { coversAll, type Ending, finishOperation } from './finish.ts';
import { noteHindrance } from './hindrance.ts';
import { gitPlanOf, pushRollback } from './push-rollback.ts';
import { proposeRollback } from './propose-rollback.ts';
import { advanceDeletion } from './run-deletion.ts';
import { onlyRunsHooks, runStages, stopHooks, tendRunning } from './stages.ts';
import { summaryOf } from './view.ts';
import { patienceOf, type Step, type Work } from './waiting.ts';

/** Workers that may die on one operation before it is closed as interrupted. */
const MOST_ATTEMPTS = 6;
/** Refusals told in one message. */
const MOST_REFUSALS = 20;
/** Another worker runs it, or died with it and its lease has not lapsed yet. */
const BUSY_MS = 1_000;

/**
 * Starts or resumes an operation; answers milliseconds until it wants to be called again, or null. Called any number of
 * times, at any point after a crash, it goes on from what the rows and the world say: applies are idempotent, a commit is
 * named before it is pushed, and what is applied must render to the digest the person saw. One worker runs it at a time.
 */
export async function runOperation(
  ctx: WorkerContext,
  operationId: string,
  signal?: AbortSignal,
): Promise<number | null> {
  const done = await withLease(ctx, { key: `operation:${operationId}`, signal }, async (holding) => ({
    againMs: await runAlone(ctx, operationId, holding.signal),
  }));
  return done ? done.againMs : BUSY_MS;
}

async function runAlone(ctx: WorkerContext, operationId: string, signal: AbortSignal): Promise<number | null> {
  const row = await findOperation(ctx.database.prisma, operationId);
  const subject = row ? await findSubject(ctx.database.prisma, row.applicationId) : null;
  if (!row || !subject || (row.phase !== 'requested' && row.phase !== 'running')) return null;
  const work: Work = { row, subject, signal };
  if (row.terminateRequestedAt) return terminate(ctx, work);
  if (row.attempt >= MOST_ATTEMPTS) {
    return close(ctx, work, {
      phase: 'interrupted',
      message: `Given up after ${row.attempt} attempts: ${row.message || 'the worker ended each time'}.`,
    });
  }
  await begin(ctx, work);
  try {
    const againMs = await advance(ctx, work);
    // It comes back by itself: that is progress, and no attempt that a dying worker left.
    if (againMs !== null)
      await inTransaction(ctx.database, ({ tx }) => updateOperation(tx, row.id, { attempt: row.attempt }));
    return againMs;
  } catch (error) {
    signal.throwIfAborted();
    return fail(ctx, work, error);
  }
}

async function begin(ctx: WorkerContext, { row, subject }: Work): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const resuming = row.phase === 'running';
    await moveOperation(tx, row.id, {
      from: ['requested', 'running'],
      to: 'running',
      startedAt: row.startedAt ?? ctx.clock.now(),
      attempt: row.attempt + 1,
    });
    if (!resuming) changed(`operation:${row.id}`, `application:${subject.id}`);
  });
}

async function advance(ctx: WorkerContext, work: Work): Promise<number | null> {
  const { row } = work;
  if (row.kind === 'delete') {
    const step = await advanceDeletion(ctx, work);
    return step === null ? null : take(ctx, work, step);
  }
  const resumed = row.commitSha !== null || row.applyingAt !== null;
  if (!resumed) {
    const input = planInput.parse(row.input);
    const computed = await computeFor(ctx, {
      subject: work.subject,
      input,
      requestedBy: row.actorId,
      signal: work.signal,
    });
    if (computed.hash !== row.planHash) return close(ctx, work, { phase: 'failed', message: overtaken(computed) });
    await createPin(ctx, work);
    if (row.kind !== 'rollback-git') {
      await inTransaction(ctx.database, ({ tx }) => updateOperation(tx, row.id, { applyingAt: ctx.clock.now() }));
      return continueWith(ctx, work, computed.survey);
    }
  }
  if (row.kind === 'rollback-git') {
    const git = await gitPlanOf(ctx, row);
    await pushRollback(ctx, work, git);
    if (git.newBranch !== null) {
      const pushed = `Pushed ${git.commitSha.slice(0, 7)} to ${git.newBranch}`;
      const proposed = await proposeRollback(ctx, work, { ...git, newBranch: git.newBranch });
      return close(ctx, work, { phase: 'succeeded', message: `${pushed}${proposed}. Merge it to roll back.` });
    }
  }
  const survey = await surveyAgain(ctx, work, onlyRunsHooks(row) ? 'only' : undefined);
  if (survey.digest !== row.setDigest) {
    return close(ctx, work, {
      phase: 'interrupted',
      message: 'The revision no longer renders what was planned; sync again.',
    });
  }
  if (!onlyRunsHooks(row)) return continueWith(ctx, work, survey);
  const step = await tendRunning(ctx, work, survey);
  return step === null ? continueWith(ctx, work, await surveyAgain(ctx, work)) : take(ctx, work, step);
}

/** The dry run of everything came to something else than the person saw: what the cluster refuses now is named, one by one. */
function overtaken({ result }: ComputedPlan): string {
  const refusals = result.guards.filter(({ level }) => level === 'block').map(({ message }) => message);
  const words = refusals.slice(0, MOST_REFUSALS).join(' ');
  const more = refusals.length > MOST_REFUSALS ? ` And ${refusals.length - MOST_REFUSALS} more.` : '';
  const why = refusals.length === 0 ? '' : ` ${words}${more}`;
  return `What is live or in Git changed since the plan was made. Nothing was applied; make a new plan and look at it again.${why}`;
}

async function surveyAgain(ctx: WorkerContext, { row, subject, signal }: Work, hooks?: 'only'): Promise<Survey> {
  const input = planInput.parse(row.input);
  if (input.kind === 'delete') return surveyDeletion(ctx, { subject, signal });
  return surveyApplication(ctx, {
    subject,
    revision: row.revision ?? '',
    prune: input.kind === 'sync' ? input.prune : input.kind !== 'revert',
    confirmed: input.kind === 'sync' ? input.confirmed : undefined,
    takeOver: input.kind === 'sync' ? input.takeOver : undefined,
    resources: 'resources' in input ? input.resources : undefined,
    hooks: hooks ?? runsHooks(input),
    signal,
  });
}

async function continueWith(ctx: WorkerContext, work: Work, survey: Survey): Promise<number | null> {
  return take(ctx, work, await runStages(ctx, work, survey));
}

async function take(ctx: WorkerContext, work: Work, step: Step): Promise<number | null> {
  switch (step.kind) {
    case 'again':
      return step.ms;
    case 'applied':
      return applied(ctx, work);
    case 'terminated':
      return terminate(ctx, work);
    case 'failed':
      return close(ctx, work, { phase: 'failed', message: step.message });
  }
}

/** What it applied stays; a hook that runs is stopped, for nobody waits for it any more. */
async function terminate(ctx: WorkerContext, work: Work): Promise<null> {
  const { row } = work;
  const running = row.objects.filter(({ action, result }) => action === 'hook' && result === 'running');
  const stopped =
    running.length === 0 ||
    (await surveyAgain(ctx, work, 'only')
      .then((survey) => stopHooks(work, survey))
      .then(
        () => true,
        () => false,
      ));
  const words = stopped ? '' : ` ${running.map(({ key }) => key).join(', ')} could not be stopped and may still run.`;
  return close(ctx, work, {
    phase: 'terminated',
    message: `Terminated by ${row.terminateRequestedBy ?? 'a person'}.${words}`,
  });
}

/** Everything is applied: the application is at the revision now; health is awaited by later passes. */
async function applied(ctx: WorkerContext, { row, subject }: Work): Promise<null> {
  if (row.revision !== null)
    await ctx.ports.source.keep(await repositoryEndpoint(ctx, subject.repositoryId), row.revision);
  const now = ctx.clock.now();
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    await skipPending(tx, row.id, 'SyncFail');
    const stored = await findOperation(tx, row.id);
    const moved = await moveOperation(tx, row.id, {
      from: ['running'],
      to: 'waiting',
      message: stored ? summaryOf(stored) : '',
      appliedAt: now,
      deadlineAt: new Date(now.getTime() + patienceOf(ctx, subject)),
    });
    if (!moved) return;
    if (coversAll(row) && row.revision !== null && row.setId !== null) {
      await updateDeployedState(tx, subject.id, {
        deployedSha: row.revision,
        deployedSetId: row.setId,
        deployedAt: now,
      });
    }
    enqueue({ kind: 'await-health', key: row.id }, { kind: 'compare', key: subject.id });
    changed(`operation:${row.id}`, `application:${subject.id}`);
  });
  return null;
}

async function close(ctx: WorkerContext, { row, subject }: Work, ending: Ending): Promise<null> {
  await finishOperation(ctx, { row, subject }, ending);
  return null;
}

/** An outage or a fault is tried again for as long as there is patience; what a rule, the cluster or Git refuses fails at once. */
async function fail(ctx: WorkerContext, work: Work, error: unknown): Promise<number | null> {
  const delayMs = await noteHindrance(ctx, { row: work.row, repositoryId: work.subject.repositoryId }, error);
  if (delayMs !== null) return delayMs;
  return close(ctx, work, {
    phase: 'failed',
    message: maskText(error instanceof Error ? error.message : String(error)),
  });
}
