import type { JobKind } from './job-kinds.ts';
import type { Reader } from './reader.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whose slots a job takes, by key: the cluster it talks to or the repository it reads. Keys without one (questions of
 * what is not registered yet, the recheck, rows already gone) are missing from the answer.
 */
export async function findJobGroups(tx: Reader, kind: JobKind, keys: string[]): Promise<Map<string, string>> {
  const ids = [...new Set(keys)].filter((key) => UUID.test(key));
  if (ids.length === 0) return new Map();
  switch (kind) {
    case 'fetch':
      return new Map(ids.map((id) => [id, `repository:${id}`]));
    case 'render': {
      const rows = await tx.application.findMany({
        where: { id: { in: ids } },
        select: { id: true, repositoryId: true },
      });
      return new Map(rows.map((row) => [row.id, `repository:${row.repositoryId}`]));
    }
    case 'compare':
    case 'auto-sync': {
      const rows = await tx.application.findMany({ where: { id: { in: ids } }, select: { id: true, clusterId: true } });
      return new Map(rows.map((row) => [row.id, `cluster:${row.clusterId}`]));
    }
    case 'plan': {
      const rows = await tx.plan.findMany({
        where: { id: { in: ids } },
        select: { id: true, application: { select: { clusterId: true } } },
      });
      return new Map(rows.map((row) => [row.id, `cluster:${row.application.clusterId}`]));
    }
    case 'operate':
    case 'await-health': {
      const rows = await tx.operation.findMany({
        where: { id: { in: ids } },
        select: { id: true, application: { select: { clusterId: true } } },
      });
      return new Map(rows.map((row) => [row.id, `cluster:${row.application.clusterId}`]));
    }
    case 'inquiry': {
      const rows = await tx.inquiry.findMany({ where: { id: { in: ids } }, select: { id: true, subject: true } });
      return new Map(rows.flatMap(({ id, subject }) => (groupOf(subject) ? [[id, groupOf(subject)] as const] : [])));
    }
    case 'pins':
    case 'recheck':
      return new Map();
  }
}

/** `cluster:<id>` or `repository:<id>` as a question's subject names it; '' when it names neither. */
function groupOf(subject: unknown): string {
  if (typeof subject !== 'object' || subject === null) return '';
  if ('clusterId' in subject && typeof subject.clusterId === 'string') return `cluster:${subject.clusterId}`;
  if ('repositoryId' in subject && typeof subject.repositoryId === 'string')
    return `repository:${subject.repositoryId}`;
  return '';
}
