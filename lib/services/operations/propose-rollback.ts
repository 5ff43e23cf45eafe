import type { PlanResult } from '#lib/contracts/operations.ts';
import { hasOperationEvent } from '#lib/database/audit.ts';
import { updateOperation } from '#lib/database/operations.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { ForgeError } from '#lib/ports/forge.ts';
import { recordAudit } from '../audit/record.ts';
import type { WorkerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { contextOfOperation } from './finish.ts';
import type { Work } from './waiting.ts';

/**
 * Opens a pull request of the pushed branch where one was asked for; answers how the message goes on, '' for none. After a
 * crash the one that is open already is found. Errors: ForgeError for an outage, refused with the branch that was pushed.
 */
export async function proposeRollback(
  ctx: WorkerContext,
  { row, subject, signal }: Work,
  git: NonNullable<PlanResult['git']> & { newBranch: string },
): Promise<string> {
  if (git.forge === null) return '';
  const event = { verb: 'rollback.propose' as const, targetId: subject.id, operationId: row.id };
  if (await hasOperationEvent(ctx.database.prisma, event))
    return ` and opened ${row.pullRequestUrl ?? 'a pull request'}`;
  const [title = '', ...rest] = git.message.split('\n');
  const { forge, newBranch: head, branch: base } = git;
  const input = { forge, title, body: rest.join('\n').trim(), head, base };
  const endpoint = await repositoryEndpoint(ctx, subject.repositoryId);
  const pull = await ctx.ports.forge.openPullRequest(endpoint, input, signal).catch((error: unknown) => {
    if (!(error instanceof ForgeError) || !['unauthenticated', 'refused'].includes(error.reason)) throw error;
    const words = `The commit is on branch ${git.newBranch}, but no pull request was opened. ${error.message}`;
    throw new ServiceError('refused', words, { cause: error });
  });
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await updateOperation(tx, row.id, { pullRequestUrl: pull.url });
    await recordAudit(contextOfOperation(ctx, row), tx, {
      verb: event.verb,
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'succeeded',
      reason: title,
      detail: { operationId: row.id, url: pull.url, branch: git.newBranch, base: git.branch },
    });
    changed(`operation:${row.id}`, 'audit');
  });
  return ` and opened pull request ${pull.number}`;
}
