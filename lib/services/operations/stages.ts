import {
  findOperation,
  moveOperation,
  type OperationWithObjects,
  saveObjectProgress,
} from '#lib/database/operations.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { foldOutcomes } from '#lib/domain/sync/change-set.ts';
import type { PlannedObject } from '#lib/domain/sync/plan.ts';
import type { WorkerContext } from '../context.ts';
import type { Stage, Survey } from '../plans/survey.ts';
import { applySteps, resultOfAction } from './apply.ts';
import { awaitGone } from './await-gone.ts';
import { clearHindrance } from './hindrance.ts';
import { settleHook } from './hooks.ts';
import { readHealth } from './read-health.ts';
import { isLate, NEXT_STAGE_MS, patienceOf, type Step, waitFor, type Work } from './waiting.ts';
import { operationViewOf } from './view.ts';

/**
 * Does what is not done, stage after stage. Between stages it waits for the health of what was applied, inside one for the
 * hooks it runs; after a failure only the hooks of a failed sync are left. Called any number of times, at any point after a
 * crash, it goes on from the rows and the cluster. Throws ClusterError for an outage.
 */
export async function runStages(ctx: WorkerContext, work: Work, survey: Survey): Promise<Step> {
  await settleHooks(work, survey);
  const { failure } = work.row;
  if (failure !== null) return runFailureHooks(ctx, work, { survey, failure });
  const stages = survey.stages.filter(({ phase }) => phase !== 'SyncFail');
  for (const [index, stage] of stages.entries()) {
    const left = leftOf(work.row, stage);
    if (left.steps.length === 0 && !left.hasFailed) continue;
    if (index > 0 && stage.isGated && !left.hasFailed) {
      const wait = await awaitStage(ctx, work, { survey, stages, index });
      if (wait !== null) return wait;
    }
    const step = await runStage(ctx, work, { survey, ...left });
    if (step !== null) return step;
    if (stages[index + 1]?.isGated) return { kind: 'again', ms: NEXT_STAGE_MS };
  }
  await recordUnplanned(ctx, work, survey);
  return { kind: 'applied' };
}

/** What is planned no more, a namespace that exists or an object that is gone, was done by a worker that died. */
async function recordUnplanned(ctx: WorkerContext, { row }: Work, survey: Survey): Promise<void> {
  const planned = new Set(survey.planned.map(({ id }) => id));
  const left = row.objects.filter(({ key, action, result }) => {
    return result === 'pending' && action !== 'hook' && !planned.has(key);
  });
  if (left.length === 0) return;
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const progress = left.map(({ key, action }) => ({ key, result: resultOfAction(action), message: '' }));
    await saveObjectProgress(tx, { id: row.id, at: ctx.clock.now() }, progress);
    changed(`operation:${row.id}`);
  });
}

/** A hook runs, and none beside it is still to be started: then there is nothing to do but to look after it. */
export function onlyRunsHooks(row: OperationWithObjects): boolean {
  const waves = new Set(row.objects.filter((object) => isHookWith(object, ['running'])).map(({ wave }) => wave));
  return waves.size > 0 && !row.objects.some((object) => isHookWith(object, ['pending']) && waves.has(object.wave));
}

/**
 * Looks after the hooks that run, with a survey of hooks alone: they may run for minutes, and everything else is left in
 * peace meanwhile. Null when they are late, and the whole is to be looked at.
 */
export async function tendRunning(ctx: WorkerContext, work: Work, survey: Survey): Promise<Step | null> {
  if (isLate(ctx, work)) return null;
  const running = new Set(work.row.objects.filter((object) => isHookWith(object, ['running'])).map(({ key }) => key));
  const steps = [survey.planned.map(({ id }) => id).filter((id) => running.has(id))];
  const outcome = await applySteps(ctx, { row: work.row, survey, steps, signal: work.signal });
  if (outcome.terminated) return { kind: 'terminated' };
  if (outcome.outage !== null) throw outcome.outage;
  return outcome.waitsFor === '' ? { kind: 'again', ms: 0 } : waitFor(ctx, work, outcome.waitsFor);
}

interface Left {
  steps: string[][];
  /** A hook of the stage failed: what runs beside it is awaited, and nothing more is begun. */
  hasFailed: boolean;
}

/** What failed before a worker died is tried again, so that nothing ends as if it had not; a hook that failed has run. */
function leftOf(row: OperationWithObjects, stage: Stage): Left {
  const rows = new Map(row.objects.map((object) => [object.key, object]));
  const hasFailed = stage.steps.flat().some((id) => isHookWith(rows.get(id), ['failed']));
  const isLeft = (id: string) => {
    const known = rows.get(id);
    if (hasFailed) return isHookWith(known, ['running']);
    return known === undefined || ['pending', 'running', 'failed'].includes(known.result);
  };
  return { hasFailed, steps: stage.steps.map((step) => step.filter(isLeft)).filter((step) => step.length > 0) };
}

function isHookWith(row: OperationWithObjects['objects'][number] | undefined, results: readonly string[]): boolean {
  return row?.action === 'hook' && results.includes(row.result);
}

/** Null when the stage is done. */
async function runStage(
  ctx: WorkerContext,
  work: Work,
  { survey, steps, hasFailed }: Left & { survey: Survey },
): Promise<Step | null> {
  const outcome = await applySteps(ctx, { row: work.row, survey, steps, signal: work.signal });
  if (outcome.terminated) return { kind: 'terminated' };
  const row = await findOperation(ctx.database.prisma, work.row.id);
  const now = { ...work, row: row ?? work.row };
  if (survey.planned.some(({ action }) => action === 'hook')) await settleHooks(now, survey);
  if (outcome.outage !== null) throw outcome.outage;
  if (outcome.waitsFor !== '') {
    if (!isLate(ctx, work)) return waitFor(ctx, work, outcome.waitsFor);
    await stopHooks(now, survey);
    return failSync(ctx, work, { survey, message: `Too late, and stopped: ${outcome.waitsFor}` });
  }
  if (outcome.failed > 0 || hasFailed) return failSync(ctx, work, { survey, message: outcomesOf(now) });
  await clearHindrance(ctx, work.row);
  return null;
}

/** Null when what the stages before applied is healthy, or what they deleted is gone. */
async function awaitStage(
  ctx: WorkerContext,
  work: Work,
  { survey, stages, index }: { survey: Survey; stages: readonly Stage[]; index: number },
): Promise<Step | null> {
  const kept = new Set(survey.planned.filter(isKept).map(({ id }) => id));
  const before = stages.slice(0, index).flatMap(({ steps }) => steps.flat());
  if (stages[index]?.awaitsGone) return awaitGone(ctx, work, { survey, ids: before });
  const health = await readHealth(
    ctx,
    work.subject,
    before.filter((id) => kept.has(id)),
  );
  if (health.status === 'Healthy' || health.status === 'Suspended') return null;
  const isAfter = stages[index]?.phase === 'PostSync';
  if (!health.isFinal && !isLate(ctx, work)) {
    return waitFor(ctx, work, `${isAfter ? 'the PostSync hooks' : `wave ${index}`} to begin: ${health.message}`);
  }
  const message = `${isAfter ? 'The PostSync hooks were' : `Wave ${index} was`} not started: ${health.message}`;
  return failSync(ctx, work, { survey, message });
}

/** What stays in the cluster once applied, and has a health to wait for. */
const isKept = ({ action }: PlannedObject) => action !== 'hook' && action !== 'prune';

/** The end of a sync that failed, or its hooks for that case first. */
async function failSync(
  ctx: WorkerContext,
  { row }: Work,
  { survey, message }: { survey: Survey; message: string },
): Promise<Step> {
  if (!survey.stages.some(({ phase }) => phase === 'SyncFail')) return { kind: 'failed', message };
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await moveOperation(tx, row.id, { from: ['running'], to: 'running', failure: message, message });
    changed(`operation:${row.id}`);
  });
  return { kind: 'again', ms: 0 };
}

async function runFailureHooks(
  ctx: WorkerContext,
  work: Work,
  { survey, failure }: { survey: Survey; failure: string },
): Promise<Step> {
  for (const stage of survey.stages) {
    if (stage.phase !== 'SyncFail') continue;
    const { steps, hasFailed } = leftOf(work.row, stage);
    if (steps.length > 0) {
      const outcome = await applySteps(ctx, { row: work.row, survey, steps, signal: work.signal });
      if (outcome.terminated) return { kind: 'terminated' };
      if (outcome.outage !== null) throw outcome.outage;
      if (outcome.waitsFor === '') return { kind: 'again', ms: 0 };
      if (!isTooLate(ctx, work)) return waitFor(ctx, work, outcome.waitsFor);
      await stopHooks(work, survey);
      return { kind: 'failed', message: `${failure}. Too late, and stopped: ${outcome.waitsFor}` };
    }
    if (hasFailed) break;
  }
  const failed = work.row.objects.find((object) => object.phase === 'SyncFail' && object.result === 'failed');
  const words = failed ? `. And its hook ${failed.key} failed: ${failed.message}` : '';
  return { kind: 'failed', message: `${failure}${words}` };
}

/** The hooks of a failed sync get the time of one more sync. */
function isTooLate(ctx: WorkerContext, { row, subject }: Work): boolean {
  const began = row.startedAt?.getTime() ?? ctx.clock.now().getTime();
  return ctx.clock.now().getTime() - began > 2 * patienceOf(ctx, subject);
}

function outcomesOf({ row, subject }: Work): string {
  const { counts, summary } = foldOutcomes(operationViewOf(row, subject.name).objects);
  return counts.failed > 0 ? summary : `${summary}; the rest was not applied`;
}

/** Lets go of what hooks that ended left behind. Idempotent, so it is done at the beginning of every pass as well. */
async function settleHooks({ row, signal }: Work, survey: Survey): Promise<void> {
  const planned = new Map(survey.planned.map((one) => [one.id, one]));
  for (const { key, result, action } of row.objects) {
    const hook = planned.get(key);
    if (action !== 'hook' || !hook || (result !== 'ran' && result !== 'failed')) continue;
    await settleHook({ row, survey, planned: hook, signal }, result);
  }
}

/** Ends the hooks that run. */
export async function stopHooks({ row, signal }: Work, survey: Survey): Promise<void> {
  const planned = new Map(survey.planned.map((one) => [one.id, one]));
  for (const object of row.objects) {
    const hook = planned.get(object.key);
    if (hook && isHookWith(object, ['running'])) await settleHook({ row, survey, planned: hook, signal }, 'terminated');
  }
}
