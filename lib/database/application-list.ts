import { likePattern, type SearchTerm } from '#lib/domain/search/query.ts';
import { Prisma } from './generated/client.ts';
import type { Reader } from './reader.ts';

export type ApplicationSort = 'attention' | 'name' | 'cluster' | 'changed' | 'deployed';

export interface ApplicationListQuery {
  terms: readonly SearchTerm[];
  sort: ApplicationSort;
  descending: boolean;
  /** Values of the sort columns of the last row seen, id last. */
  after: (string | number)[] | null;
  limit: number;
}

export interface ApplicationListPage {
  ids: string[];
  /** Of the last row; null at the end. */
  next: (string | number)[] | null;
}

/** Columns of a sort, each with its own direction; all are NOT NULL so that a row comparison is a keyset. */
const SORTS: Record<ApplicationSort, { sql: Prisma.Sql; kind: 'text' | 'number' | 'time' }[]> = {
  attention: [
    { sql: Prisma.sql`state.attention`, kind: 'number' },
    { sql: Prisma.sql`state.name`, kind: 'text' },
  ],
  name: [{ sql: Prisma.sql`state.name`, kind: 'text' }],
  cluster: [
    { sql: Prisma.sql`state."clusterName"`, kind: 'text' },
    { sql: Prisma.sql`state.name`, kind: 'text' },
  ],
  changed: [{ sql: Prisma.sql`state."changedAt"`, kind: 'time' }],
  deployed: [{ sql: Prisma.sql`coalesce(state."deployedAt", 'epoch')`, kind: 'time' }],
};

/** One page of ids in order, by keyset: its cost does not grow with the page's number. */
export async function listApplicationIds(tx: Reader, query: ApplicationListQuery): Promise<ApplicationListPage> {
  const columns = SORTS[query.sort];
  const where = Prisma.join([...conditionsOf(query.terms), afterOf(query)], ' AND ');
  const selected = columns.map(
    ({ sql, kind }, index) => Prisma.sql`${textOf(sql, kind)} AS ${Prisma.raw(`k${index}`)}`,
  );
  const rows = await tx.$queryRaw<Record<string, string>[]>`
    SELECT state."applicationId"::text AS id, ${Prisma.join(selected)}
    FROM "ApplicationState" AS state
    WHERE ${where}
    ORDER BY ${orderOf(query)}
    LIMIT ${query.limit + 1}`;
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    ids: shown.map((row) => row['id'] ?? ''),
    next: last ? [...columns.map((_, index) => last[`k${index}`] ?? ''), last['id'] ?? ''] : null,
  };
}

/** How many applications match. */
export async function countApplications(tx: Reader, terms: readonly SearchTerm[]): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "ApplicationState" AS state WHERE ${Prisma.join(conditionsOf(terms), ' AND ')}`;
  return Number(row?.count ?? 0);
}

/** The first column follows the query; the rest ascend so that names read A to Z under every attention. */
function orderOf({ sort, descending }: ApplicationListQuery): Prisma.Sql {
  const parts = SORTS[sort].map(({ sql }, index) =>
    index === 0 && descending ? Prisma.sql`${sql} DESC` : Prisma.sql`${sql} ASC`,
  );
  return Prisma.join([...parts, Prisma.sql`state."applicationId" ASC`]);
}

function afterOf({ sort, descending, after }: ApplicationListQuery): Prisma.Sql {
  if (after === null) return Prisma.sql`TRUE`;
  const columns = [...SORTS[sort], { sql: Prisma.sql`state."applicationId"`, kind: 'id' as const }];
  const alternatives = columns.map(({ sql, kind }, index) => {
    const equal = columns
      .slice(0, index)
      .map((column, at) => Prisma.sql`${column.sql} = ${valueOf(after[at], column.kind)}`);
    const beyond =
      index === 0 && descending
        ? Prisma.sql`${sql} < ${valueOf(after[index], kind)}`
        : Prisma.sql`${sql} > ${valueOf(after[index], kind)}`;
    return Prisma.sql`(${Prisma.join([...equal, beyond], ' AND ')})`;
  });
  return Prisma.sql`(${Prisma.join(alternatives, ' OR ')})`;
}

function textOf(sql: Prisma.Sql, kind: 'text' | 'number' | 'time'): Prisma.Sql {
  return kind === 'time'
    ? Prisma.sql`to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : Prisma.sql`${sql}::text`;
}

function valueOf(value: string | number | undefined, kind: 'text' | 'number' | 'time' | 'id'): Prisma.Sql {
  const text = String(value ?? '');
  if (kind === 'number') return Prisma.sql`${Number(text)}::int`;
  if (kind === 'time') return Prisma.sql`${text}::timestamptz`;
  return kind === 'id' ? Prisma.sql`${text}::uuid` : Prisma.sql`${text}`;
}

function conditionsOf(terms: readonly SearchTerm[]): Prisma.Sql[] {
  return [
    Prisma.sql`TRUE`,
    ...terms.map((term) => (term.negated ? Prisma.sql`NOT (${conditionOf(term)})` : conditionOf(term))),
  ];
}

const like = (column: Prisma.Sql, value: string) => Prisma.sql`lower(${column}) LIKE ${likePattern(value)}`;
const isYes = (value: string) => value.toLowerCase() === 'yes';

/** One condition over the narrow row; only labels and kinds look into another table, by its key. */
function conditionOf({ field, value }: SearchTerm): Prisma.Sql {
  switch (field) {
    case 'text':
      return Prisma.sql`state."searchText" LIKE ${`%${likePattern(value)}%`}`;
    case 'cluster':
      return like(Prisma.sql`state."clusterName"`, value);
    case 'project':
      return like(Prisma.sql`state."projectName"`, value);
    case 'ns':
      return like(Prisma.sql`state.namespace`, value);
    case 'agent':
      return like(Prisma.sql`state.agent`, value);
    case 'sync':
      return like(Prisma.sql`state.sync`, value);
    case 'health':
      return like(Prisma.sql`state.health`, value);
    case 'drift':
      return Prisma.sql`(state."driftCount" > 0) = ${isYes(value)}`;
    case 'pinned':
      return Prisma.sql`state.pinned = ${isYes(value)}`;
    case 'suspended':
      return Prisma.sql`state.suspended = ${isYes(value)}`;
    case 'attention':
      return Prisma.sql`(state.attention > 0) = ${isYes(value)}`;
    case 'cause':
      return Prisma.sql`state."causeFingerprint" = ${value}`;
    case 'rev':
      return Prisma.sql`(state."targetSha" LIKE ${`${likePattern(value)}%`} OR state."deployedSha" LIKE ${`${likePattern(value)}%`})`;
    case 'stale':
    case 'label':
    case 'kind':
    case 'manager':
    case 'culprit':
      return elsewhere(field, value);
  }
}

function elsewhere(field: 'stale' | 'label' | 'kind' | 'manager' | 'culprit', value: string): Prisma.Sql {
  switch (field) {
    case 'stale':
      return Prisma.sql`(EXISTS (SELECT 1 FROM "Cluster" WHERE "Cluster".id = state."clusterId" AND status = 'silent')) = ${isYes(value)}`;
    case 'kind':
      return Prisma.sql`EXISTS (SELECT 1 FROM "ObjectState" AS object WHERE object."applicationId" = state."applicationId"
        AND lower(split_part(object.key, '/', 2)) LIKE ${likePattern(value)})`;
    case 'manager':
      return Prisma.sql`EXISTS (SELECT 1 FROM "DriftRecord" AS drift WHERE drift."applicationId" = state."applicationId"
        AND drift."closedAt" IS NULL AND lower(drift.manager) LIKE ${likePattern(value)})`;
    case 'culprit':
      return Prisma.sql`EXISTS (SELECT 1 FROM "DriftRecord" AS drift WHERE drift."applicationId" = state."applicationId"
        AND drift."closedAt" IS NULL AND drift.culprit LIKE ${likePattern(value)})`;
    case 'label': {
      const [key = '', ...rest] = value.split('=');
      const wanted = rest.length === 0 ? '%' : likePattern(rest.join('='));
      return Prisma.sql`EXISTS (SELECT 1 FROM "Application" AS application WHERE application.id = state."applicationId"
        AND lower(application.labels ->> ${key}) LIKE ${wanted})`;
    }
  }
}
