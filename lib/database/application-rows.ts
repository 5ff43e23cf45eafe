import type { Diagnosis } from '#lib/domain/health/causes/cause.ts';
import { diagnose } from '#lib/domain/health/causes/diagnose.ts';
import { HEALTH_STATUSES, type HealthStatus } from '#lib/domain/health/status.ts';
import { SYNC_STATUSES, type SyncStatus } from '#lib/domain/sync/status.ts';
import type { ApplicationStateModel } from './generated/models/ApplicationState.ts';
import type { Reader } from './reader.ts';

const AGENTS = ['native', 'argocd', 'flux', 'jenkins-x'] as const;

export interface RowCommit {
  sha: string;
  subject: string;
  authorName: string;
  /** ISO 8601, like every time here. */
  committedAt: string;
}

/** One row of the list and of the stream: the narrow state with its commits, shaped as `applicationRow` of the contracts. */
export interface ApplicationRowData {
  id: string;
  name: string;
  projectName: string;
  clusterId: string;
  clusterName: string;
  namespace: string;
  agent: (typeof AGENTS)[number];
  sync: SyncStatus;
  health: HealthStatus;
  attention: number;
  attentionReason: string;
  cause: string;
  diagnosis: Diagnosis | null;
  driftCount: number;
  outOfSyncCount: number;
  objectCount: number;
  pinned: boolean;
  suspended: boolean;
  automated: boolean;
  target: RowCommit | null;
  deployed: RowCommit | null;
  deployedAt: string | null;
  error: string | null;
  stale: boolean;
  activeOperationId: string | null;
  changedAt: string;
}

/** Rows of these applications, in no order; those that are gone are absent. Three queries, however many ids. */
export async function findApplicationRows(tx: Reader, ids: readonly string[]): Promise<ApplicationRowData[]> {
  if (ids.length === 0) return [];
  const states = await tx.applicationState.findMany({ where: { applicationId: { in: [...ids] } } });
  const shas = new Set(states.flatMap((state) => [state.targetSha, state.deployedSha]).filter((sha) => sha !== null));
  const [commits, silent] = await Promise.all([
    tx.revision.findMany({
      where: { repositoryId: { in: [...new Set(states.map((state) => state.repositoryId))] }, sha: { in: [...shas] } },
      select: { repositoryId: true, sha: true, subject: true, authorName: true, committedAt: true },
    }),
    tx.cluster.findMany({
      where: { id: { in: [...new Set(states.map((state) => state.clusterId))] }, status: 'silent' },
      select: { id: true },
    }),
  ]);
  const byCommit = new Map(commits.map((commit) => [`${commit.repositoryId} ${commit.sha}`, commit]));
  const commitOf = (repositoryId: string, sha: string | null): RowCommit | null => {
    if (sha === null) return null;
    const known = byCommit.get(`${repositoryId} ${sha}`);
    return {
      sha,
      subject: known?.subject ?? '',
      authorName: known?.authorName ?? '',
      committedAt: (known?.committedAt ?? new Date(0)).toISOString(),
    };
  };
  const silentIds = new Set(silent.map((cluster) => cluster.id));
  return states.map((state) => ({
    ...rowOf(state),
    target: commitOf(state.repositoryId, state.targetSha),
    deployed: commitOf(state.repositoryId, state.deployedSha),
    stale: silentIds.has(state.clusterId),
  }));
}

function rowOf(state: ApplicationStateModel): Omit<ApplicationRowData, 'target' | 'deployed' | 'stale'> {
  return {
    id: state.applicationId,
    name: state.name,
    projectName: state.projectName,
    clusterId: state.clusterId,
    clusterName: state.clusterName,
    namespace: state.namespace,
    agent: AGENTS.find((agent) => agent === state.agent) ?? 'native',
    sync: SYNC_STATUSES.find((sync) => sync === state.sync) ?? 'Unknown',
    health: HEALTH_STATUSES.find((health) => health === state.health) ?? 'Unknown',
    attention: state.attention,
    attentionReason: state.attentionReason,
    cause: state.cause,
    diagnosis: diagnose(state.cause),
    driftCount: state.driftCount,
    outOfSyncCount: state.outOfSyncCount,
    objectCount: state.objectCount,
    pinned: state.pinned,
    suspended: state.suspended,
    automated: state.automated,
    deployedAt: state.deployedAt?.toISOString() ?? null,
    error: state.error,
    activeOperationId: state.activeOperationId,
    changedAt: state.changedAt.toISOString(),
  };
}
