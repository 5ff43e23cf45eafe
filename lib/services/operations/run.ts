import { planInput } from '#lib/contracts/operations.ts';
import { updateDeployedState } from '#lib/database/deployments.ts';
import { findOperation, moveOperation, type OperationWithObjects, updateOperation } from '#lib/database/operations.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { foldOutcomes } from '#lib/domain/sync/change-set.ts';
import type { WorkerContext } from '../context.ts';
import { withLease } from '../leases/with-lease.ts';
import { createPin } from '../pins/create.ts';
import { computeFor } from '../plans/compute.ts';
import { type Survey, surveyApplication } from '../plans/survey.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { applySteps } from './apply.ts';
import { coversAll, type Ending, finishOperation } from './finish.ts';
import { clearHindrance, noteHindrance } from './hindrance.ts';
import { gitPlanOf, pushRollback } from './push-rollback.ts';
import { readHealth } from './read-health.ts';
import { operationViewOf, summaryOf } from './view.ts';

/** Workers that may die on one operation before it is closed as interrupted. */
const MOST_ATTEMPTS = 6;
const WAVE_CHECK_MS = 500;
/** Another worker runs it, or died with it and its lease has not lapsed yet. */
const BUSY_MS = 1_000;

interface Work {
  row: OperationWithObjects;
  subject: SubjectRow;
  signal: AbortSignal;
}

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
  if (row.terminateRequestedAt)
    return close(ctx, work, {
      phase: 'terminated',
      message: `Terminated by ${row.terminateRequestedBy ?? 'a person'}.`,
    });
  if (row.attempt >= MOST_ATTEMPTS) {
    return close(ctx, work, {
      phase: 'interrupted',
      message: `Given up after ${row.attempt} attempts: ${row.message || 'the worker ended each time'}.`,
    });
  }
  await begin(ctx, work);
  try {
    return await advance(ctx, work);
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
      attempt: isWaitingForWave(row) ? row.attempt : row.attempt + 1,
    });
    if (!resuming) changed(`operation:${row.id}`, `application:${subject.id}`);
  });
}

/** Between waves an operation is called again and again; that is progress and no attempt. */
function isWaitingForWave(row: OperationWithObjects): boolean {
  return row.phase === 'running' && row.message.startsWith('Waiting for wave');
}

async function advance(ctx: WorkerContext, work: Work): Promise<number | null> {
  const { row } = work;
  const resumed = row.commitSha !== null || row.applyingAt !== null;
  if (!resumed) {
    const input = planInput.parse(row.input);
    const computed = await computeFor(ctx, {
      subject: work.subject,
      input,
      requestedBy: row.actorId,
      signal: work.signal,
    });
    if (computed.hash !== row.planHash) {
      const why =
        'What is live or in Git changed since the plan was made. Nothing was applied; make a new plan and look at it again.';
      return close(ctx, work, { phase: 'failed', message: why });
    }
    await createPin(ctx, work);
    if (row.kind !== 'rollback-git') {
      await inTransaction(ctx.database, ({ tx }) => updateOperation(tx, row.id, { applyingAt: ctx.clock.now() }));
      return applyNext(ctx, work, computed.survey);
    }
  }
  if (row.kind === 'rollback-git') {
    const git = await gitPlanOf(ctx, row);
    await pushRollback(ctx, work, git);
    if (git.newBranch !== null) {
      return close(ctx, work, {
        phase: 'succeeded',
        message: `Pushed ${git.commitSha.slice(0, 7)} to ${git.newBranch}. Merge it to roll back.`,
      });
    }
  }
  const survey = await surveyAgain(ctx, work);
  if (survey.digest !== row.setDigest) {
    return close(ctx, work, {
      phase: 'interrupted',
      message: 'The revision no longer renders what was planned; sync again.',
    });
  }
  return applyNext(ctx, work, survey);
}

async function surveyAgain(ctx: WorkerContext, { row, subject, signal }: Work): Promise<Survey> {
  const input = planInput.parse(row.input);
  return surveyApplication(ctx, {
    subject,
    revision: row.revision ?? '',
    prune: input.kind === 'sync' ? input.prune : input.kind !== 'revert',
    resources: 'resources' in input ? input.resources : undefined,
    signal,
  });
}

/** Applies the next wave that is not done; waits between waves for the health of what was applied. */
async function applyNext(ctx: WorkerContext, work: Work, survey: Survey): Promise<number | null> {
  // What failed before the worker died is tried again: an operation must not end as if it had not.
  const done = new Set(
    work.row.objects.filter(({ result }) => result !== 'pending' && result !== 'failed').map((object) => object.key),
  );
  const waves = survey.waves.map((steps) => steps.flat());
  const next = waves.findIndex((ids) => ids.some((id) => !done.has(id)));
  const last = next === -1 || next >= waves.length - 1;
  if (next > 0) {
    const wait = await waitForWave(ctx, work, { ids: waves.slice(0, next).flat(), next });
    if (wait !== 'ready') return wait;
  }
  const steps = [...(next === -1 ? [] : (survey.waves[next] ?? [])), ...(last ? stepsAfterWaves(survey) : [])];
  const outcome = await applySteps(ctx, {
    operationId: work.row.id,
    survey,
    steps: steps.map((step) => step.filter((id) => !done.has(id))).filter((step) => step.length > 0),
    signal: work.signal,
  });
  if (outcome.terminated)
    return close(ctx, work, {
      phase: 'terminated',
      message: `Terminated by ${work.row.terminateRequestedBy ?? 'a person'}.`,
    });
  if (outcome.failed > 0) return closeWithOutcomes(ctx, work);
  if (outcome.outage !== null) throw outcome.outage;
  await clearHindrance(ctx, work.row);
  return last ? applied(ctx, work) : WAVE_CHECK_MS;
}

/** What no wave holds, then the prunes: kind after kind, in the opposite order of applying. */
function stepsAfterWaves(survey: Survey): string[][] {
  const inWaves = new Set(survey.waves.flat(2));
  const others = survey.planned.filter((one) => one.action !== 'prune' && !inWaves.has(one.id)).map((one) => one.id);
  const prunes: { kind: string; ids: string[] }[] = [];
  for (const { id, key, action } of survey.planned) {
    if (action !== 'prune') continue;
    const step = prunes.at(-1);
    if (step?.kind === key.kind) step.ids.push(id);
    else prunes.push({ kind: key.kind, ids: [id] });
  }
  return [others, ...prunes.map((step) => step.ids)];
}

async function waitForWave(
  ctx: WorkerContext,
  work: Work,
  { ids, next }: { ids: string[]; next: number },
): Promise<'ready' | number | null> {
  const health = await readHealth(ctx, work.subject, ids);
  if (health.status === 'Healthy' || health.status === 'Suspended') return 'ready';
  const began = work.row.startedAt?.getTime() ?? ctx.clock.now().getTime();
  const late = ctx.clock.now().getTime() - began > ctx.policy.operationTimeoutSeconds * 1000;
  if (health.isFinal || late) {
    await close(ctx, work, { phase: 'failed', message: `Wave ${next} was not started: ${health.message}` });
    return null;
  }
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const message = `Waiting for wave ${next} to be healthy: ${health.message}`;
    await moveOperation(tx, work.row.id, { from: ['running'], to: 'running', message });
    if (message !== work.row.message) changed(`operation:${work.row.id}`);
  });
  return WAVE_CHECK_MS;
}

/** Everything is applied: the application is at the revision now; health is awaited by later passes. */
async function applied(ctx: WorkerContext, { row, subject }: Work): Promise<null> {
  if (row.revision !== null)
    await ctx.ports.source.keep(await repositoryEndpoint(ctx, subject.repositoryId), row.revision);
  const now = ctx.clock.now();
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const stored = await findOperation(tx, row.id);
    const moved = await moveOperation(tx, row.id, {
      from: ['running'],
      to: 'waiting',
      message: stored ? summaryOf(stored) : '',
      appliedAt: now,
      deadlineAt: new Date(now.getTime() + ctx.policy.operationTimeoutSeconds * 1000),
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

async function closeWithOutcomes(ctx: WorkerContext, work: Work): Promise<null> {
  const stored = await findOperation(ctx.database.prisma, work.row.id);
  const objects = operationViewOf(stored ?? work.row, work.subject.name).objects;
  const { counts, summary } = foldOutcomes(objects);
  return close(ctx, work, {
    phase: 'failed',
    message: counts.failed > 0 ? summary : `${summary}; the rest was not applied`,
  });
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
