import { insertDeployment, updateDeployedState } from '#lib/database/deployments.ts';
import { moveOperation, type OperationWithObjects } from '#lib/database/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction, type Transaction } from '#lib/database/transaction.ts';
import { ACTIVE_PHASES, type OperationPhase } from '#lib/domain/sync/status.ts';
import { metrics } from '#lib/observability/metrics.ts';
import { recordAudit } from '../audit/record.ts';
import type { Actor, Context } from '../context.ts';
import { OPERATION_RULES } from './kinds.ts';
import { operationViewOf } from './view.ts';

export interface Ending {
  phase: Extract<OperationPhase, 'succeeded' | 'failed' | 'terminated' | 'interrupted'>;
  /** What a person reads; masked. */
  message: string;
  /** Health seen at the end, for the deployment's record; absent when nothing was applied. */
  outcome?: string;
  images?: string[];
}

/** The actor an operation acts for: its own, so that the audit names the person behind it and not the worker. */
export function actorOfOperation(row: OperationWithObjects): Pick<Actor, 'kind' | 'id' | 'name'> {
  const { actor } = operationViewOf(row, '');
  const kind = actor.kind === 'user' || actor.kind === 'webhook' ? actor.kind : 'system';
  return { kind, id: actor.id, name: actor.name };
}

/** The context in the name of the operation's actor and request. */
export function contextOfOperation<Own extends Context>(ctx: Own, row: OperationWithObjects): Own {
  const { kind, id, name } = actorOfOperation(row);
  const actor: Actor =
    kind === 'user'
      ? { kind, id, name, role: 'operator' }
      : kind === 'webhook'
        ? { kind, id, name, role: 'operator' }
        : { kind: 'system', id, name, role: 'admin' };
  return { ...ctx, actor, requestId: row.requestId };
}

/** Whether an operation covers the whole application, so that afterwards it is at the operation's revision. */
export function coversAll(row: OperationWithObjects): boolean {
  if (row.kind === 'revert') return false;
  return !(typeof row.input === 'object' && row.input !== null && 'resources' in row.input && row.input['resources']);
}

interface Ended {
  row: OperationWithObjects;
  subject: SubjectRow;
}

/** Closes an operation with its deployment, state and audit in one transaction; does nothing when it is closed already. */
export async function finishOperation(ctx: Context, ended: Ended, ending: Ending): Promise<void> {
  await inTransaction(ctx.database, (transaction) => endOperation(ctx, transaction, { ...ended, ...ending }));
}

/**
 * The same inside the caller's transaction; false when it is closed already, or is no longer in one of the phases `from`.
 * Whoever moves it first writes its one outcome.
 */
export async function endOperation(
  ctx: Context,
  { tx, changed, enqueue }: Transaction,
  { row, subject, from = ACTIVE_PHASES, ...ending }: Ended & Ending & { from?: readonly OperationPhase[] },
): Promise<boolean> {
  const acting = contextOfOperation(ctx, row);
  const now = ctx.clock.now();
  const { phase, message } = ending;
  if (!(await moveOperation(tx, row.id, { from, to: phase, message, finishedAt: now }))) return false;
  const deployment =
    ending.outcome !== undefined && row.revision !== null && row.setId !== null && coversAll(row)
      ? await insertDeployment(tx, {
          applicationId: subject.id,
          operationId: row.id,
          kind: row.kind,
          revision: row.revision,
          setId: row.setId,
          images: ending.images ?? [],
          actorKind: row.actorKind,
          actorName: row.actorName,
          outcome: ending.outcome,
          message,
          startedAt: row.startedAt ?? row.createdAt,
          finishedAt: now,
        })
      : null;
  await updateDeployedState(tx, subject.id, {
    activeOperationId: null,
    ...(deployment ? { deploymentId: deployment.id } : {}),
  });
  await recordAudit(acting, tx, {
    verb: OPERATION_RULES[operationViewOf(row, '').kind].finish,
    target: { kind: 'application', id: subject.id, name: subject.name },
    outcome: phase === 'succeeded' ? 'succeeded' : 'failed',
    reason: message,
    detail: {
      operationId: row.id,
      phase,
      revision: row.revision,
      commit: row.commitSha,
      deploymentId: deployment?.id ?? null,
    },
    ...(row.setDigest === null ? {} : { afterHash: row.setDigest }),
  });
  enqueue({ kind: 'compare', key: subject.id });
  changed(`application:${subject.id}`, `operation:${row.id}`, 'audit');
  const seconds = (now.getTime() - row.createdAt.getTime()) / 1_000;
  metrics().operations.observe({ kind: row.kind, outcome: phase }, seconds);
  return true;
}
