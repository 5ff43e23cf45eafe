import { hasOperationEvent } from '#lib/database/audit.ts';
import { type OperationWithObjects, updateOperation } from '#lib/database/operations.ts';
import { findPlan } from '#lib/database/plans.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { PlanResult } from '#lib/contracts/operations.ts';
import { recordAudit } from '../audit/record.ts';
import type { WorkerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { planViewOf } from '../plans/view.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { contextOfOperation } from './finish.ts';

type GitPlan = NonNullable<PlanResult['git']>;

/** The Git part of an operation's plan. Errors: conflict when the plan is gone. */
export async function gitPlanOf(ctx: WorkerContext, row: OperationWithObjects): Promise<GitPlan> {
  const plan = row.planId === null ? null : await findPlan(ctx.database.prisma, row.planId);
  const git = plan ? planViewOf(plan).result?.git : null;
  if (!git) throw new ServiceError('conflict', 'The plan of this roll back is gone; make a new one.');
  return git;
}

/**
 * Pushes the prepared commit, once. The operation's row names the commit before it is pushed, so that after a crash the next
 * worker pushes the same one again, which is nothing when it arrived. Throws SourceError 'moved' when the branch is elsewhere.
 */
export async function pushRollback(
  ctx: WorkerContext,
  { row, subject }: { row: OperationWithObjects; subject: SubjectRow },
  git: GitPlan,
): Promise<void> {
  const event = { verb: 'rollback.commit' as const, targetId: subject.id, operationId: row.id };
  // Between waves it comes here again and again, and the branch may have gone on since.
  if (await hasOperationEvent(ctx.database.prisma, event)) return;
  const endpoint = await repositoryEndpoint(ctx, subject.repositoryId);
  const branch = git.newBranch ?? git.branch;
  await inTransaction(ctx.database, ({ tx }) => updateOperation(tx, row.id, { commitSha: git.commitSha }));
  const expectedHead = git.newBranch === null ? git.expectedHead : null;
  await ctx.ports.source.push(endpoint, { sha: git.commitSha, branch, expectedHead });
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    await recordAudit(contextOfOperation(ctx, row), tx, {
      verb: event.verb,
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'succeeded',
      reason: git.message.split('\n', 1)[0] ?? '',
      detail: {
        operationId: row.id,
        commit: git.commitSha,
        branch,
        repository: git.repository,
        paths: git.paths.slice(0, 200),
      },
    });
    enqueue({ kind: 'fetch', key: subject.repositoryId });
    changed(`operation:${row.id}`, 'audit');
  });
}
