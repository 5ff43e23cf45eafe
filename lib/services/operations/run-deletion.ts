import { planInput } from '#lib/contracts/operations.ts';
import { deleteApplication, markDeleting } from '#lib/database/applications.ts';
import { listDependents } from '#lib/database/dependencies.ts';
import { moveOperation, updateOperation } from '#lib/database/operations.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { metrics } from '#lib/observability/metrics.ts';
import { recordAudit } from '../audit/record.ts';
import { declarationOf } from '../applications/declaration.ts';
import type { WorkerContext } from '../context.ts';
import { computeFor } from '../plans/compute.ts';
import { surveyDeletion } from '../plans/deletion.ts';
import type { Survey } from '../plans/survey.ts';
import { digestOf } from '../shared/digest.ts';
import { awaitGone } from './await-gone.ts';
import { contextOfOperation } from './finish.ts';
import { settleHook } from './hooks.ts';
import { runStages } from './stages.ts';
import type { Step, Work } from './waiting.ts';

/**
 * Brings the deletion of an application with its objects a step further; null once it is gone. Called any number of
 * times, at any point after a crash: what is to be deleted is read from the cluster each time. Throws ClusterError.
 */
export async function advanceDeletion(ctx: WorkerContext, work: Work): Promise<Step | null> {
  const survey = await beginOrResume(ctx, work);
  if (survey === null) {
    const message =
      'What is live or in Git changed since the plan was made. Nothing was deleted; make a new plan and look at it again.';
    return { kind: 'failed', message };
  }
  const step = await runStages(ctx, work, survey);
  if (step.kind !== 'applied') return step;
  const ids = survey.planned.filter(({ action, selected }) => action === 'prune' && selected).map(({ id }) => id);
  return (await awaitGone(ctx, work, { survey, ids })) ?? finish(ctx, work, survey);
}

/** Null when what the person saw is no longer true. */
async function beginOrResume(ctx: WorkerContext, { row, subject, signal }: Work): Promise<Survey | null> {
  if (row.applyingAt !== null) return surveyDeletion(ctx, { subject, signal });
  const input = planInput.parse(row.input);
  const computed = await computeFor(ctx, { subject, input, requestedBy: row.actorId, signal });
  if (computed.hash !== row.planHash) return null;
  const now = ctx.clock.now();
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await updateOperation(tx, row.id, { applyingAt: now });
    await markDeleting(tx, subject.id, now);
    changed(`application:${subject.id}`);
  });
  return computed.survey;
}

/** Everything is gone: what the hooks left, then the application with all its rows; only the audit remembers it. */
async function finish(ctx: WorkerContext, { row, subject, signal }: Work, survey: Survey): Promise<Step | null> {
  for (const planned of survey.planned) {
    if (planned.action === 'hook') await settleHook({ row, survey, planned, signal }, 'terminated');
  }
  const acting = contextOfOperation(ctx, row);
  const dependents = await inTransaction(ctx.database, async ({ tx, changed }) => {
    const now = await findSubject(tx, subject.id);
    const needed = await listDependents(tx, subject.id);
    if (!now || needed.length > 0) return needed;
    if (!(await moveOperation(tx, row.id, { from: ['running'], to: 'succeeded', finishedAt: ctx.clock.now() })))
      return [];
    const target = { kind: 'application' as const, id: now.id, name: now.name };
    const deleted = row.objects.filter(({ result }) => result === 'pruned').length;
    const kept = survey.planned.filter(({ action, selected }) => action === 'prune' && !selected).map(({ id }) => id);
    const detail = { operationId: row.id, clusterId: now.clusterId, namespace: now.namespace, deleted, kept };
    await recordAudit(acting, tx, { verb: 'deletion.finish', target, outcome: 'succeeded', detail });
    await recordAudit(acting, tx, {
      verb: 'application.delete',
      target,
      outcome: 'succeeded',
      beforeHash: digestOf(declarationOf(now)),
      detail,
    });
    await deleteApplication(tx, now.id);
    changed(`application:${now.id}`, `operation:${row.id}`, `cluster:${now.clusterId}`, 'audit');
    const seconds = (ctx.clock.now().getTime() - row.createdAt.getTime()) / 1_000;
    metrics().operations.observe({ kind: row.kind, outcome: 'succeeded' }, seconds);
    return [];
  });
  if (dependents.length === 0) return null;
  const names = dependents.map(({ name }) => name).join(', ');
  return {
    kind: 'failed',
    message: `Its objects are deleted, but ${names} now depend on ${subject.name}; change that, then delete it again.`,
  };
}
