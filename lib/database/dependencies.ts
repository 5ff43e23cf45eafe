import { HEALTH_STATUSES, type HealthStatus } from '#lib/domain/health/status.ts';
import { SYNC_STATUSES, type SyncStatus } from '#lib/domain/sync/status.ts';
import type { Reader } from './reader.ts';

/** An application that another one depends on, with its state. */
export interface DependencyRow {
  id: string;
  name: string;
  projectName: string;
  clusterName: string;
  sync: SyncStatus;
  health: HealthStatus;
  deployed: boolean;
  /** A render is due, or something changed since it was compared. */
  isStale: boolean;
}

/** What an application depends on, by project and name. */
export async function listDependencies(tx: Reader, applicationId: string): Promise<DependencyRow[]> {
  const rows = await tx.applicationDependency.findMany({
    where: { applicationId },
    select: {
      dependsOn: {
        select: {
          id: true,
          name: true,
          project: { select: { name: true } },
          cluster: { select: { name: true } },
          state: { select: { sync: true, health: true, deployedSha: true, digest: true } },
        },
      },
    },
    orderBy: [{ dependsOn: { project: { name: 'asc' } } }, { dependsOn: { name: 'asc' } }],
  });
  const rendered = await withDueRender(
    tx,
    rows.map((row) => row.dependsOn.id),
  );
  return rows.map(({ dependsOn: { id, name, project, cluster, state } }) => ({
    id,
    name,
    projectName: project.name,
    clusterName: cluster.name,
    sync: SYNC_STATUSES.find((known) => known === state?.sync) ?? 'Unknown',
    health: HEALTH_STATUSES.find((known) => known === state?.health) ?? 'Unknown',
    deployed: state?.deployedSha != null,
    isStale: rendered.has(id) || state?.digest === '',
  }));
}

/** Those of the applications that a worker is to render now, or renders. */
async function withDueRender(tx: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT singleton_key AS key FROM pgboss.job
    WHERE name = 'quarterdeck-render' AND state <= 'active' AND start_after <= now() AND singleton_key = ANY(${[...ids]})`;
  return new Set(rows.map((row) => row.key));
}

/** Ids of the applications that depend on one. */
export async function listDependents(tx: Reader, dependsOnId: string): Promise<{ id: string; name: string }[]> {
  const rows = await tx.applicationDependency.findMany({
    where: { dependsOnId },
    select: { application: { select: { id: true, name: true } } },
    orderBy: { application: { name: 'asc' } },
  });
  return rows.map((row) => row.application);
}

/** Every edge there is, once nobody else can add one before the transaction ends. */
export async function lockDependencies(tx: Reader): Promise<{ applicationId: string; dependsOnId: string }[]> {
  await tx.$executeRaw`LOCK TABLE "ApplicationDependency" IN SHARE ROW EXCLUSIVE MODE`;
  return tx.applicationDependency.findMany();
}

export async function replaceDependencies(tx: Reader, applicationId: string, ids: readonly string[]): Promise<void> {
  await tx.applicationDependency.deleteMany({ where: { applicationId, dependsOnId: { notIn: [...ids] } } });
  await tx.applicationDependency.createMany({
    data: ids.map((dependsOnId) => ({ applicationId, dependsOnId })),
    skipDuplicates: true,
  });
}

/** Ids behind `project/name`; those that are not there are missing from the answer. */
export async function findByReference(tx: Reader, references: readonly string[]): Promise<Map<string, string>> {
  if (references.length === 0) return new Map();
  const pairs = references.map((reference) => {
    const [project = '', name = ''] = reference.split('/');
    return { name, project: { name: project } };
  });
  const rows = await tx.application.findMany({
    where: { OR: pairs },
    select: { id: true, name: true, project: { select: { name: true } } },
  });
  return new Map(rows.map((row) => [`${row.project.name}/${row.name}`, row.id]));
}

/** `project/name` of applications, by id. */
export async function findReferences(tx: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.application.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true, project: { select: { name: true } } },
  });
  return new Map(rows.map((row) => [row.id, `${row.project.name}/${row.name}`]));
}
