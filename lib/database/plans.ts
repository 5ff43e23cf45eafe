import type { OperationKind } from '#lib/domain/sync/status.ts';
import { Prisma } from './generated/client.ts';
import type { PlanModel } from './generated/models/Plan.ts';
import type { Reader } from './reader.ts';

export type PlanRow = PlanModel;

/** A plan that a worker is to compute. `input` is the request as its contract parsed it. */
export async function insertPlan(
  tx: Reader,
  plan: { applicationId: string; kind: OperationKind; input: object; requestedBy: string; createdAt: Date },
): Promise<PlanRow> {
  return tx.plan.create({ data: plan });
}

export async function findPlan(tx: Reader, id: string): Promise<PlanRow | null> {
  return tx.plan.findUnique({ where: { id } });
}

export interface ReadyPlan {
  /** Null, as the set is, for a deletion of what was never rendered. */
  revision: string | null;
  setId: string | null;
  hash: string;
  /** PlanResult of lib/contracts/operations.ts, masked. */
  result: object;
  readyAt: Date;
}

/** Completes a plan that is still being computed; false when somebody else did. */
export async function completePlan(tx: Reader, id: string, ready: ReadyPlan): Promise<boolean> {
  const { count } = await tx.plan.updateMany({
    where: { id, state: 'computing' },
    data: { ...ready, state: 'ready', error: null },
  });
  return count === 1;
}

/** `error` is masked. */
export async function failPlan(tx: Reader, id: string, error: string): Promise<void> {
  await tx.plan.updateMany({
    where: { id, state: 'computing' },
    data: { state: 'failed', error, result: Prisma.DbNull },
  });
}

/** Plans nobody can click any more: older than a day and not behind an operation. */
export async function deletePlansBefore(tx: Reader, before: Date): Promise<number> {
  const used = await tx.operation.findMany({ where: { planId: { not: null } }, select: { planId: true } });
  const keep = used.flatMap((row) => (row.planId === null ? [] : [row.planId]));
  const { count } = await tx.plan.deleteMany({ where: { createdAt: { lt: before }, id: { notIn: keep } } });
  return count;
}
