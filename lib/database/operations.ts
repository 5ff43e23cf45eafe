import {
  ACTIVE_PHASES,
  type ObjectResult,
  type OperationKind,
  type OperationPhase,
  type PlanAction,
} from '#lib/domain/sync/status.ts';
import type { SyncPhase } from '#lib/domain/sync/order.ts';
import { Prisma } from './generated/client.ts';
import type { OperationModel } from './generated/models/Operation.ts';
import type { OperationObjectModel } from './generated/models/OperationObject.ts';
import type { Reader } from './reader.ts';

export type OperationRow = OperationModel;
export type OperationObjectRow = OperationObjectModel;
export type OperationWithObjects = OperationRow & { objects: OperationObjectRow[] };

export interface NewOperation {
  applicationId: string;
  kind: OperationKind;
  planId: string | null;
  planHash: string | null;
  input: object;
  revision: string | null;
  setId: string | null;
  setDigest: string | null;
  actorKind: string;
  actorId: string;
  actorName: string;
  requestId: string;
  createdAt: Date;
  objects: { key: string; ordinal: number; phase: SyncPhase; wave: number; action: PlanAction }[];
}

/** Null when the application already has an active operation (a partial unique index decides, so two clicks cannot both win). */
export async function insertOperation(tx: Reader, operation: NewOperation): Promise<OperationRow | null> {
  const { objects, ...row } = operation;
  // ON CONFLICT keeps the transaction usable, which a unique violation would not.
  const claimed = await tx.operation.createManyAndReturn({
    data: [{ ...row, phase: 'requested' }],
    skipDuplicates: true,
  });
  const created = claimed[0];
  if (!created) return null;
  await tx.operationObject.createMany({ data: objects.map((object) => ({ ...object, operationId: created.id })) });
  return created;
}

export async function findOperation(tx: Reader, id: string): Promise<OperationWithObjects | null> {
  return tx.operation.findUnique({ where: { id }, include: { objects: { orderBy: { ordinal: 'asc' } } } });
}

export async function findActiveOperation(tx: Reader, applicationId: string): Promise<OperationRow | null> {
  return tx.operation.findFirst({ where: { applicationId, phase: { in: [...ACTIVE_PHASES] } } });
}

export async function listActiveOperations(tx: Reader): Promise<{ id: string; phase: string }[]> {
  return tx.operation.findMany({ where: { phase: { in: [...ACTIVE_PHASES] } }, select: { id: true, phase: true } });
}

/** Newest first, those after `before` by keyset. */
export async function listOperations(
  tx: Reader,
  applicationId: string,
  page: { before: { createdAt: Date; id: string } | null; limit: number },
): Promise<OperationWithObjects[]> {
  const { before, limit } = page;
  const earlier = before && [
    { createdAt: { lt: before.createdAt } },
    { createdAt: before.createdAt, id: { lt: before.id } },
  ];
  return tx.operation.findMany({
    where: { applicationId, ...(earlier ? { OR: earlier } : {}) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { objects: { orderBy: { ordinal: 'asc' } } },
  });
}

/** The latest operations of an application without their objects, newest first: what backoff is computed from. */
export async function listRecentOperations(tx: Reader, applicationId: string, limit: number): Promise<OperationRow[]> {
  return tx.operation.findMany({
    where: { applicationId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** Moves an operation on if it is still in one of the expected phases; false = somebody else moved it. */
export async function moveOperation(
  tx: Reader,
  id: string,
  move: { from: readonly OperationPhase[]; to: OperationPhase } & Prisma.OperationUpdateManyMutationInput,
): Promise<boolean> {
  const { from, to, ...data } = move;
  const { count } = await tx.operation.updateMany({
    where: { id, phase: { in: [...from] } },
    data: { ...data, phase: to },
  });
  return count === 1;
}

export async function updateOperation(
  tx: Reader,
  id: string,
  data: Prisma.OperationUpdateManyMutationInput,
): Promise<void> {
  await tx.operation.updateMany({ where: { id }, data });
}

export interface ObjectProgress {
  key: string;
  result: ObjectResult;
  /** Masked. */
  message: string;
}

/** Stores the results of several objects at once. */
export async function saveObjectProgress(
  tx: Reader,
  operation: { id: string; at: Date },
  progress: ObjectProgress[],
): Promise<void> {
  if (progress.length === 0) return;
  const rows = progress.map((one) => Prisma.sql`(${one.key}, ${one.result}, ${one.message})`);
  await tx.$executeRaw`
    UPDATE "OperationObject" AS target
    SET result = progress.result, message = progress.message,
      "finishedAt" = CASE progress.result WHEN 'pending' THEN NULL ELSE ${operation.at}::timestamptz END
    FROM (VALUES ${Prisma.join(rows)}) AS progress (key, result, message)
    WHERE target."operationId" = ${operation.id}::uuid AND target.key = progress.key`;
}

/** What was planned for a moment that did not come. */
export async function skipPending(tx: Reader, operationId: string, phase: SyncPhase): Promise<void> {
  await tx.operationObject.updateMany({
    where: { operationId, phase, result: 'pending' },
    data: { result: 'skipped', message: '' },
  });
}

/** Object keys an application ever applied (its inventory): the only ones it may prune. */
export async function readInventory(tx: Reader, applicationId: string): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT object.key
    FROM "OperationObject" AS object
    JOIN "Operation" AS operation ON operation.id = object."operationId"
    WHERE operation."applicationId" = ${applicationId}::uuid
      AND object.result IN ('created', 'configured', 'unchanged')`;
  return new Set(rows.map((row) => row.key));
}
