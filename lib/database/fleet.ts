import type { Reader } from './reader.ts';

export interface FleetTotals {
  applications: number;
  attention: number;
  silentClusters: number;
  openDrift: number;
  repositories: number;
}

/** Every number of the headline in one statement. */
export async function readFleetTotals(tx: Reader): Promise<FleetTotals> {
  const [row] = await tx.$queryRaw<Record<keyof FleetTotals, bigint>[]>`
    SELECT (SELECT count(*) FROM "ApplicationState") AS applications,
           (SELECT count(*) FROM "ApplicationState" WHERE attention > 0) AS attention,
           (SELECT count(*) FROM "Cluster" WHERE status = 'silent') AS "silentClusters",
           (SELECT count(*) FROM "DriftRecord" WHERE "closedAt" IS NULL) AS "openDrift",
           (SELECT count(*) FROM "Repository") AS repositories`;
  return {
    applications: Number(row?.applications ?? 0),
    attention: Number(row?.attention ?? 0),
    silentClusters: Number(row?.silentClusters ?? 0),
    openDrift: Number(row?.openDrift ?? 0),
    repositories: Number(row?.repositories ?? 0),
  };
}

export interface AttentionGroupRow {
  fingerprint: string;
  attention: number;
  reason: string;
  cause: string;
  since: Date | null;
  count: number;
  clusterCount: number;
  applications: { id: string; name: string; clusterName: string }[];
}

/** Applications that need somebody, a row for each cause, worst first; reason and words are those of the worst in it. */
export async function listAttentionGroups(tx: Reader, limit: number): Promise<AttentionGroupRow[]> {
  const rows = await tx.$queryRaw<
    (Omit<AttentionGroupRow, 'count' | 'clusterCount'> & { count: bigint; clusterCount: bigint })[]
  >`
    SELECT "causeFingerprint" AS fingerprint, max(attention) AS attention,
           (array_agg("attentionReason" ORDER BY attention DESC, cause))[1] AS reason,
           (array_agg(cause ORDER BY attention DESC, cause))[1] AS cause, min("causeSince") AS since, count(*) AS count,
           count(DISTINCT "clusterId") AS "clusterCount",
           (array_agg(json_build_object('id', "applicationId", 'name', name, 'clusterName', "clusterName")
             ORDER BY attention DESC, name))[1:5] AS applications
    FROM "ApplicationState"
    WHERE attention > 0
    GROUP BY "causeFingerprint"
    ORDER BY max(attention) DESC, count(*) DESC, min(cause)
    LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, count: Number(row.count), clusterCount: Number(row.clusterCount) }));
}

export interface HalfHour {
  from: Date;
  deployments: number;
  failed: number;
  driftOpened: number;
  driftClosed: number;
}

/** 48 half hours up to `until`, oldest first. */
export async function readLastDay(tx: Reader, until: Date): Promise<HalfHour[]> {
  const rows = await tx.$queryRaw<(Record<Exclude<keyof HalfHour, 'from'>, bigint> & { from: Date })[]>`
    WITH slots AS (
      SELECT slot AS "from", slot + interval '30 minutes' AS "to"
      FROM generate_series(${until}::timestamptz - interval '24 hours', ${until}::timestamptz - interval '30 minutes', interval '30 minutes') AS slot
    )
    SELECT slots."from",
      (SELECT count(*) FROM "Deployment" WHERE "finishedAt" >= slots."from" AND "finishedAt" < slots."to") AS deployments,
      (SELECT count(*) FROM "Operation" WHERE phase IN ('failed', 'interrupted') AND "finishedAt" >= slots."from" AND "finishedAt" < slots."to") AS failed,
      (SELECT count(*) FROM "DriftRecord" WHERE "firstSeenAt" >= slots."from" AND "firstSeenAt" < slots."to") AS "driftOpened",
      (SELECT count(*) FROM "DriftRecord" WHERE "closedAt" >= slots."from" AND "closedAt" < slots."to") AS "driftClosed"
    FROM slots ORDER BY slots."from"`;
  return rows.map((row) => ({
    from: row.from,
    deployments: Number(row.deployments),
    failed: Number(row.failed),
    driftOpened: Number(row.driftOpened),
    driftClosed: Number(row.driftClosed),
  }));
}

/** The latest deployment of the fleet. */
export async function findLastDeployment(
  tx: Reader,
): Promise<{ at: Date; actorName: string; applicationName: string } | null> {
  const row = await tx.deployment.findFirst({
    orderBy: { finishedAt: 'desc' },
    select: { finishedAt: true, actorName: true, application: { select: { name: true } } },
  });
  return row ? { at: row.finishedAt, actorName: row.actorName, applicationName: row.application.name } : null;
}
