import type { Prisma } from './generated/client.ts';
import type { DriftRecordModel } from './generated/models/DriftRecord.ts';
import type { ObjectStateModel } from './generated/models/ObjectState.ts';
import type { RevisionModel } from './generated/models/Revision.ts';
import type { TimelineEntryModel } from './generated/models/TimelineEntry.ts';
import type { Reader } from './reader.ts';

export type ObjectStateRow = ObjectStateModel;
export type DriftRow = DriftRecordModel & { application: { name: string; cluster: { name: string } } };

/** Objects of an application in the order a sync applies them, children after. */
export async function listObjectStates(
  tx: Reader,
  applicationId: string,
  filter: { outOfSync?: true; limit: number },
): Promise<ObjectStateRow[]> {
  return tx.objectState.findMany({
    where: { applicationId, ...(filter.outOfSync ? { managed: true, sync: { not: 'Synced' } } : {}) },
    orderBy: [{ managed: 'desc' }, { ordinal: 'asc' }, { key: 'asc' }],
    take: filter.limit,
  });
}

/** Objects of which some difference is hidden, in the order of their keys. */
export async function listHidden(tx: Reader, applicationId: string, limit: number): Promise<ObjectStateRow[]> {
  return tx.objectState.findMany({
    where: { applicationId, managed: true, NOT: { hidden: { equals: [] } } },
    orderBy: { key: 'asc' },
    take: limit,
  });
}

/** Masked live sides of differing objects by key. */
export async function readLiveSnapshots(
  tx: Reader,
  applicationId: string,
  keys: string[],
): Promise<Map<string, Prisma.JsonValue>> {
  const rows = await tx.liveSnapshot.findMany({ where: { applicationId, key: { in: keys } } });
  return new Map(rows.map((row) => [row.key, row.body]));
}

export interface DriftListQuery {
  applicationId?: string | undefined;
  state: 'open' | 'closed' | 'all';
  from?: Date | undefined;
  to?: Date | undefined;
  /** Application ids that a search matched; absent = all. */
  applicationIds?: string[] | undefined;
  after: { firstSeenAt: Date; id: string } | null;
  limit: number;
}

function driftWhere(query: Omit<DriftListQuery, 'after' | 'limit'>): Prisma.DriftRecordWhereInput {
  const { applicationId, applicationIds, state, from, to } = query;
  return {
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(applicationIds === undefined ? {} : { applicationId: { in: applicationIds } }),
    ...(state === 'open' ? { closedAt: null } : state === 'closed' ? { closedAt: { not: null } } : {}),
    ...(from === undefined ? {} : { OR: [{ closedAt: null }, { closedAt: { gte: from } }] }),
    ...(to === undefined ? {} : { firstSeenAt: { lte: to } }),
  };
}

/** Newest first. */
export async function listDriftRecords(tx: Reader, query: DriftListQuery): Promise<DriftRow[]> {
  const { after } = query;
  const beyond: Prisma.DriftRecordWhereInput = after
    ? { OR: [{ firstSeenAt: { lt: after.firstSeenAt } }, { firstSeenAt: after.firstSeenAt, id: { lt: after.id } }] }
    : {};
  return tx.driftRecord.findMany({
    where: { AND: [driftWhere(query), beyond] },
    orderBy: [{ firstSeenAt: 'desc' }, { id: 'desc' }],
    take: query.limit,
    include: { application: { select: { name: true, cluster: { select: { name: true } } } } },
  });
}

export async function countDriftRecords(tx: Reader, query: Omit<DriftListQuery, 'after' | 'limit'>): Promise<number> {
  return tx.driftRecord.count({ where: driftWhere(query) });
}

export async function findRevisions(
  tx: Reader,
  repositoryId: string,
  shas: string[],
): Promise<Map<string, RevisionModel>> {
  const rows = await tx.revision.findMany({ where: { repositoryId, sha: { in: shas } } });
  return new Map(rows.map((row) => [row.sha, row]));
}

/** Revisions seen between two commit times, newest first. */
export async function listRevisionsBetween(
  tx: Reader,
  repositoryId: string,
  between: { after: Date | null; until: Date; limit: number },
): Promise<RevisionModel[]> {
  return tx.revision.findMany({
    where: { repositoryId, committedAt: { lte: between.until, ...(between.after ? { gt: between.after } : {}) } },
    orderBy: { committedAt: 'desc' },
    take: between.limit,
  });
}

/** Health flips, errors and the like, newest first, before a moment. */
export async function listTimelineEntries(
  tx: Reader,
  applicationId: string,
  page: { before: Date; limit: number },
): Promise<TimelineEntryModel[]> {
  return tx.timelineEntry.findMany({
    where: { applicationId, at: { lt: page.before } },
    orderBy: { at: 'desc' },
    take: page.limit,
  });
}

/** The set an application renders now, without its objects. */
export async function findRenderedSet(tx: Reader, setId: string | null) {
  if (setId === null) return null;
  return tx.renderedSet.findUnique({
    where: { id: setId },
    select: { tool: true, version: true, warnings: true, createdAt: true },
  });
}
