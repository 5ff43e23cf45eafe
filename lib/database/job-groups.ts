import type { JobKind } from './job-kinds.ts';
import type { Reader } from './reader.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All that does not answer shares the slots of one: many dead clusters or repositories delay the living no more than one. */
const SILENT = 'silent';

/**
 * Whose slots a job takes, by key: the cluster it talks to or the repository it reads, or those of all that are silent.
 * Keys without one (questions of what is not registered yet, the recheck, rows already gone) are missing from the answer.
 */
export async function findJobGroups(tx: Reader, kind: JobKind, keys: string[]): Promise<Map<string, string>> {
  const ids = [...new Set(keys)].filter((key) => UUID.test(key));
  if (ids.length === 0) return new Map();
  const groups = await groupsOf(tx, kind, ids);
  const silent = await findSilent(tx, new Set(groups.values()));
  return new Map([...groups].map(([key, group]) => [key, silent.has(group) ? SILENT : group]));
}

async function groupsOf(tx: Reader, kind: JobKind, ids: string[]): Promise<Map<string, string>> {
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
    case 'suspensions':
    case 'recheck':
      return new Map();
  }
}

/** Those of the groups whose cluster or repository did not answer when last asked. */
async function findSilent(tx: Reader, groups: ReadonlySet<string>): Promise<Set<string>> {
  const idsOf = (kind: string) =>
    [...groups].flatMap((group) => (group.startsWith(`${kind}:`) ? [group.slice(kind.length + 1)] : []));
  const select = { id: true } as const;
  const clusters = idsOf('cluster');
  const repositories = idsOf('repository');
  const [silent, unreachable] = await Promise.all([
    clusters.length === 0 ? [] : tx.cluster.findMany({ where: { id: { in: clusters }, status: 'silent' }, select }),
    repositories.length === 0
      ? []
      : tx.repository.findMany({ where: { id: { in: repositories }, status: 'unreachable' }, select }),
  ]);
  return new Set([...silent.map(({ id }) => `cluster:${id}`), ...unreachable.map(({ id }) => `repository:${id}`)]);
}

/** `cluster:<id>` or `repository:<id>` as a question's subject names it; '' when it names neither. */
function groupOf(subject: unknown): string {
  if (typeof subject !== 'object' || subject === null) return '';
  if ('clusterId' in subject && typeof subject.clusterId === 'string') return `cluster:${subject.clusterId}`;
  if ('repositoryId' in subject && typeof subject.repositoryId === 'string')
    return `repository:${subject.repositoryId}`;
  return '';
}
