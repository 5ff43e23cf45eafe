import { moveOperation, type OperationWithObjects } from '#lib/database/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { WorkerContext } from '../context.ts';
import { policyOf } from '../shared/policy-of.ts';

export interface Work {
  row: OperationWithObjects;
  subject: SubjectRow;
  signal: AbortSignal;
}

/** How far a pass came. `again`: call again after `ms`. */
export type Step =
  | { kind: 'again'; ms: number }
  | { kind: 'applied' }
  | { kind: 'terminated' }
  | { kind: 'failed'; message: string };

export const NEXT_STAGE_MS = 500;
/** Looked at often at first, then at ease. */
const EARLY_MS = 15_000;
const LATER_MS = 2_000;

/** Milliseconds a sync of the application may wait: its own, else what is set for all. */
export function patienceOf(ctx: WorkerContext, subject: SubjectRow): number {
  return (policyOf(subject).timeoutSeconds ?? ctx.policy.operationTimeoutSeconds) * 1_000;
}

export function isLate(ctx: WorkerContext, { row, subject }: Work): boolean {
  const began = row.startedAt?.getTime() ?? ctx.clock.now().getTime();
  return ctx.clock.now().getTime() - began > patienceOf(ctx, subject);
}

/** Says what it waits for. */
export async function waitFor(ctx: WorkerContext, { row }: Work, what: string): Promise<Step> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const message = `Waiting for ${what}`;
    await moveOperation(tx, row.id, { from: ['running'], to: 'running', message });
    if (message !== row.message) changed(`operation:${row.id}`);
  });
  const hasWaited = ctx.clock.now().getTime() - (row.startedAt?.getTime() ?? 0) > EARLY_MS;
  return { kind: 'again', ms: hasWaited ? LATER_MS : NEXT_STAGE_MS };
}
