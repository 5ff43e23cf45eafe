import type { Prisma } from './generated/client.ts';
import type { AuditEventModel } from './generated/models/AuditEvent.ts';
import type { Reader } from './reader.ts';

export type AuditRow = AuditEventModel;
export type NewAuditEvent = Omit<AuditRow, 'sequence' | 'detail'> & { detail: Prisma.InputJsonValue };

export async function insertAuditEvent(tx: Reader, event: NewAuditEvent): Promise<void> {
  await tx.auditEvent.create({ data: event });
}

/** Whether an operation has left an event of this verb. */
export async function hasOperationEvent(
  tx: Reader,
  { verb, targetId, operationId }: { verb: string; targetId: string; operationId: string },
): Promise<boolean> {
  const detail = { path: ['operationId'], equals: operationId };
  return (await tx.auditEvent.findFirst({ where: { targetId, verb, detail }, select: { sequence: true } })) !== null;
}

export interface AuditFilter {
  /** Found in who, what, why or on what. */
  query: string;
  actor?: string | undefined;
  verb?: string | undefined;
  outcome?: string | undefined;
  targetKind?: string | undefined;
  targetId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

function conditionOf(filter: AuditFilter): Prisma.AuditEventWhereInput {
  const contains = (text: string) => ({ contains: text, mode: 'insensitive' as const });
  const at = {
    ...(filter.from ? { gte: filter.from } : {}),
    ...(filter.to ? { lt: filter.to } : {}),
  };
  return {
    ...(filter.actor === undefined ? {} : { OR: [{ actorId: filter.actor }, { actorName: contains(filter.actor) }] }),
    // `sync` means every verb of syncs.
    ...(filter.verb === undefined
      ? {}
      : { verb: filter.verb.includes('.') ? filter.verb : { startsWith: `${filter.verb}.` } }),
    ...(filter.outcome === undefined ? {} : { outcome: filter.outcome }),
    ...(filter.targetKind === undefined ? {} : { targetKind: filter.targetKind }),
    ...(filter.targetId === undefined ? {} : { targetId: filter.targetId }),
    ...(filter.from || filter.to ? { at } : {}),
    ...(filter.query === ''
      ? {}
      : {
          AND: [
            {
              OR: [
                { actorName: contains(filter.query) },
                { verb: contains(filter.query) },
                { targetName: contains(filter.query) },
                { reason: contains(filter.query) },
                { requestId: filter.query },
              ],
            },
          ],
        }),
  };
}

/** Newest first, those before `before`. */
export async function listAuditEvents(
  tx: Reader,
  query: { filter: AuditFilter; before: bigint | undefined; limit: number },
): Promise<AuditRow[]> {
  const before = query.before === undefined ? {} : { sequence: { lt: query.before } };
  return tx.auditEvent.findMany({
    where: { AND: [conditionOf(query.filter), before] },
    orderBy: { sequence: 'desc' },
    take: query.limit,
  });
}

export async function countAuditEvents(tx: Reader, filter: AuditFilter): Promise<number> {
  return tx.auditEvent.count({ where: conditionOf(filter) });
}
