import { Prisma } from './generated/client.ts';
import type { Reader } from './reader.ts';

export interface NewApplication {
  name: string;
  projectId: string;
  clusterId: string;
  namespace: string;
  labels: Prisma.InputJsonValue;
  repositoryId: string;
  targetRevision: string;
  path: string;
  renderOptions: Prisma.InputJsonValue;
  syncPolicy: Prisma.InputJsonValue;
  ignoreRules: Prisma.InputJsonValue;
  protected: boolean;
}

/** The declaration and its state row, which lists read. */
export async function insertApplication(tx: Reader, application: NewApplication, automated: boolean): Promise<string> {
  const { id } = await tx.application.create({ data: application, select: { id: true } });
  await tx.applicationState.create({
    data: {
      applicationId: id,
      name: application.name,
      projectName: '',
      clusterId: application.clusterId,
      clusterName: '',
      namespace: application.namespace,
      agent: 'native',
      repositoryId: application.repositoryId,
      automated,
    },
  });
  await copyNames(tx, { applicationId: id });
  return id;
}

/** Changes the declaration when it still has the version that was seen; false when somebody was faster. */
export async function updateApplication(
  tx: Reader,
  seen: { id: string; version: number },
  change: Partial<NewApplication> & { automated?: boolean },
): Promise<boolean> {
  const { automated, ...declaration } = change;
  const { count } = await tx.application.updateMany({
    where: { id: seen.id, version: seen.version },
    data: { ...declaration, version: { increment: 1 } },
  });
  if (count === 0) return false;
  await tx.applicationState.updateMany({
    where: { applicationId: seen.id },
    data: {
      ...(automated === undefined ? {} : { automated }),
      ...(change.repositoryId === undefined ? {} : { repositoryId: change.repositoryId }),
      ...(change.clusterId === undefined ? {} : { clusterId: change.clusterId }),
    },
  });
  await copyNames(tx, { applicationId: seen.id });
  return true;
}

/** From here on its objects are being deleted; null when that is over and somebody keeps it after all. */
export async function markDeleting(tx: Reader, id: string, at: Date | null): Promise<void> {
  await tx.application.update({ where: { id }, data: { deletingSince: at }, select: { id: true } });
}

export async function deleteApplication(tx: Reader, id: string): Promise<void> {
  await tx.liveSnapshot.deleteMany({ where: { applicationId: id } });
  await tx.timelineEntry.deleteMany({ where: { applicationId: id } });
  await tx.application.delete({ where: { id } });
}

/** Copies the names that list rows show, after a rename of any of these. */
export async function copyNames(
  tx: Reader,
  of: { applicationId: string } | { clusterId: string } | { projectId: string } | { repositoryId: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ApplicationState" AS state SET
      name = application.name,
      namespace = application.namespace,
      "projectName" = project.name,
      "clusterName" = cluster.name,
      "searchText" = lower(concat_ws(' ', application.name, project.name, cluster.name, application.namespace,
        repository.name, application.path, (
          SELECT string_agg(label.key || '=' || label.value, ' ') FROM jsonb_each_text(application.labels) AS label
        )))
    FROM "Application" AS application
      JOIN "Project" AS project ON project.id = application."projectId"
      JOIN "Cluster" AS cluster ON cluster.id = application."clusterId"
      JOIN "Repository" AS repository ON repository.id = application."repositoryId"
    WHERE state."applicationId" = application.id AND ${conditionOf(of)}`;
}

function conditionOf(of: Parameters<typeof copyNames>[1]): Prisma.Sql {
  if ('applicationId' in of) return Prisma.sql`application.id = ${of.applicationId}::uuid`;
  if ('clusterId' in of) return Prisma.sql`application."clusterId" = ${of.clusterId}::uuid`;
  if ('projectId' in of) return Prisma.sql`application."projectId" = ${of.projectId}::uuid`;
  return Prisma.sql`application."repositoryId" = ${of.repositoryId}::uuid`;
}

/** Names (at most 20) of the applications that use something, to say why it cannot be deleted. */
export async function listApplicationNames(
  tx: Reader,
  where: { clusterId: string } | { repositoryId: string } | { projectId: string },
): Promise<string[]> {
  const rows = await tx.application.findMany({ where, select: { name: true }, orderBy: { name: 'asc' }, take: 20 });
  return rows.map((row) => row.name);
}

/** Ids behind the names of a YAML document; null where there is none. */
export async function resolveNames(
  tx: Reader,
  names: { project: string; cluster: string },
): Promise<{ projectId: string | null; clusterId: string | null }> {
  const [project, cluster] = await Promise.all([
    tx.project.findUnique({ where: { name: names.project }, select: { id: true } }),
    tx.cluster.findUnique({ where: { name: names.cluster }, select: { id: true } }),
  ]);
  return { projectId: project?.id ?? null, clusterId: cluster?.id ?? null };
}
