import type { Prisma } from './generated/client.ts';
import type { ApplicationStateModel } from './generated/models/ApplicationState.ts';
import type { ObjectStateModel } from './generated/models/ObjectState.ts';
import type { Reader } from './reader.ts';

export type StateRow = ApplicationStateModel;
export type ObjectRow = Omit<ObjectStateModel, 'differences' | 'hidden'> & {
  differences: Prisma.JsonValue;
  hidden: Prisma.JsonValue;
};
export type StepName = 'source' | 'render' | 'compare' | 'operation';

const DECLARED = {
  project: { select: { name: true, ignoreRules: true } },
  cluster: { select: { name: true, status: true, access: true } },
} satisfies Prisma.ApplicationInclude;

/** An application as declared, with the names its state repeats. */
export type DeclaredRow = Prisma.ApplicationGetPayload<{ include: typeof DECLARED }>;

export async function findDeclared(tx: Reader, applicationId: string): Promise<DeclaredRow | null> {
  return tx.application.findUnique({ where: { id: applicationId }, include: DECLARED });
}

/** What an application's state repeats of its declaration, so that one index serves a page. */
function repeatedOf(application: DeclaredRow) {
  const { name, namespace, agent, clusterId, repositoryId } = application;
  const projectName = application.project.name;
  const clusterName = application.cluster.name;
  const labels = Object.entries(application.labels ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  const words = [name, projectName, clusterName, namespace, application.path, ...labels];
  return {
    name,
    projectName,
    clusterId,
    clusterName,
    namespace,
    agent,
    repositoryId,
    searchText: words.join(' ').toLowerCase(),
  };
}

/** The state row of an application, made when it is not there yet. */
export async function ensureState(tx: Reader, application: DeclaredRow): Promise<StateRow> {
  const found = await tx.applicationState.findUnique({ where: { applicationId: application.id } });
  if (found) return found;
  await tx.applicationState.createMany({
    data: [{ applicationId: application.id, ...repeatedOf(application) }],
    skipDuplicates: true,
  });
  return tx.applicationState.findUniqueOrThrow({ where: { applicationId: application.id } });
}

export async function findState(tx: Reader, applicationId: string): Promise<StateRow | null> {
  return tx.applicationState.findUnique({ where: { applicationId } });
}

/** Locks an application's state for the rest of the transaction and answers it as it is now. */
export async function lockState(tx: Reader, applicationId: string): Promise<StateRow | null> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "ApplicationState" WHERE "applicationId" = ${applicationId}::uuid FOR UPDATE`;
  return findState(tx, applicationId);
}

export async function updateState(
  tx: Reader,
  applicationId: string,
  data: Prisma.ApplicationStateUpdateManyMutationInput & { targetSetId?: string | null; clusterId?: string },
): Promise<void> {
  await tx.applicationState.updateMany({ where: { applicationId }, data });
}

/** Sets or clears the error of one step; answers whether anything changed. An error of another step stays. */
export async function setStepError(
  tx: Reader,
  { applicationId, steps, error }: { applicationId: string; steps: StepName[]; error: string | null },
): Promise<boolean> {
  const [step] = steps;
  if (error === null) {
    const { count } = await tx.applicationState.updateMany({
      where: { applicationId, errorStep: { in: steps } },
      data: { error: null, errorStep: null, digest: '' },
    });
    return count > 0;
  }
  const { count } = await tx.applicationState.updateMany({
    where: { applicationId, NOT: { error, errorStep: step ?? null } },
    data: { error, errorStep: step ?? null, digest: '' },
  });
  if (count > 0) return true;
  // NOT (a = b) is null for null columns, so a state without an error needs its own question.
  const fresh = await tx.applicationState.updateMany({
    where: { applicationId, error: null },
    data: { error, errorStep: step ?? null, digest: '' },
  });
  return fresh.count > 0;
}

export async function listObjectRows(tx: Reader, applicationId: string): Promise<ObjectRow[]> {
  return tx.objectState.findMany({ where: { applicationId } });
}

/** Writes the rows that changed and removes those whose object is gone. */
export async function saveObjectRows(
  tx: Reader,
  applicationId: string,
  { upsert, remove }: { upsert: readonly ObjectRow[]; remove: readonly string[] },
): Promise<void> {
  const keys = [...remove, ...upsert.map((row) => row.key)];
  if (keys.length === 0) return;
  await tx.objectState.deleteMany({ where: { applicationId, key: { in: keys } } });
  const data = upsert.map((row) => ({ ...row, differences: row.differences ?? [], hidden: row.hidden ?? [] }));
  for (let start = 0; start < data.length; start += 1_000)
    await tx.objectState.createMany({ data: data.slice(start, start + 1_000) });
}

/** Keeps the masked live side of the objects that differ, and of no others. */
export async function saveLiveSnapshots(
  tx: Reader,
  applicationId: string,
  { upsert, remove, at }: { upsert: readonly { key: string; body: object }[]; remove: readonly string[]; at: Date },
): Promise<void> {
  const keys = [...remove, ...upsert.map((one) => one.key)];
  if (keys.length === 0) return;
  await tx.liveSnapshot.deleteMany({ where: { applicationId, key: { in: keys } } });
  await tx.liveSnapshot.createMany({
    data: upsert.map(({ key, body }) => ({ applicationId, key, body, observedAt: at })),
  });
}

export async function listApplicationIds(
  tx: Reader,
  where: { clusterId?: string; repositoryId?: string },
): Promise<string[]> {
  const rows = await tx.application.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  return rows.map((row) => row.id);
}
