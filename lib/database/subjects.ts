import type { Prisma } from './generated/client.ts';
import type { Reader } from './reader.ts';

const SUBJECT = {
  include: {
    cluster: true,
    repository: true,
    project: true,
    state: true,
    dependencies: { select: { dependsOn: { select: { name: true, project: { select: { name: true } } } } } },
  },
} satisfies Prisma.ApplicationDefaultArgs;

/** An application with all a plan or an operation needs to know of it (no credential among it). */
export type SubjectRow = Prisma.ApplicationGetPayload<typeof SUBJECT>;

export async function findSubject(tx: Reader, applicationId: string): Promise<SubjectRow | null> {
  return tx.application.findUnique({ where: { id: applicationId }, ...SUBJECT });
}

/** Applications of a repository with the reads of the set they render now, to name those that share paths. */
export async function listReadsOfRepository(
  tx: Reader,
  repositoryId: string,
): Promise<{ id: string; name: string; clusterName: string; reads: string[] }[]> {
  const rows = await tx.applicationState.findMany({
    where: { repositoryId, targetSetId: { not: null } },
    select: { applicationId: true, name: true, clusterName: true, targetSetId: true },
  });
  const ids = [...new Set(rows.flatMap((row) => (row.targetSetId === null ? [] : [row.targetSetId])))];
  const sets = await tx.renderedSet.findMany({ where: { id: { in: ids } }, select: { id: true, reads: true } });
  const readsOf = new Map(sets.map((set) => [set.id, pathsOf(set.reads)]));
  return rows.map((row) => ({
    id: row.applicationId,
    name: row.name,
    clusterName: row.clusterName,
    reads: readsOf.get(row.targetSetId ?? '') ?? [],
  }));
}

function pathsOf(reads: Prisma.JsonValue): string[] {
  if (!Array.isArray(reads)) return [];
  return reads.flatMap((read) =>
    read !== null && typeof read === 'object' && !Array.isArray(read) && typeof read['path'] === 'string'
      ? [read['path']]
      : [],
  );
}

/** Paths (files and folders) a rendered set read. Empty when the set is gone. */
export async function readPathsOfSet(tx: Reader, setId: string): Promise<{ paths: string[]; digest: string } | null> {
  const set = await tx.renderedSet.findUnique({ where: { id: setId }, select: { reads: true, digest: true } });
  return set ? { paths: pathsOf(set.reads), digest: set.digest } : null;
}
