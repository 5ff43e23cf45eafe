import type { PastDrift } from '#lib/domain/history/state-at.ts';
import type { DeploymentRow } from './deployments.ts';
import { valueOf } from './drift.ts';
import type { Reader } from './reader.ts';

/** The deployment that was the last one finished at a moment; null before the first. */
export async function findDeploymentAt(tx: Reader, applicationId: string, at: Date): Promise<DeploymentRow | null> {
  return tx.deployment.findFirst({
    where: { applicationId, finishedAt: { lte: at } },
    orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
  });
}

/** Drifts that stood open at a moment. */
export async function listDriftsAt(tx: Reader, applicationId: string, at: Date): Promise<PastDrift[]> {
  const rows = await tx.driftRecord.findMany({
    where: { applicationId, firstSeenAt: { lte: at }, OR: [{ closedAt: null }, { closedAt: { gt: at } }] },
    orderBy: [{ objectKey: 'asc' }, { path: 'asc' }],
  });
  return rows.map((row) => ({
    objectKey: row.objectKey,
    path: row.path,
    kind: row.kind,
    live: valueOf(row.after),
    firstSeenAt: row.firstSeenAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    count: row.count,
  }));
}

/** Keys of objects of operations that began to write after a deployment and up to a moment, and are not that deployment. */
export async function listDisturbed(tx: Reader, deployment: DeploymentRow, at: Date): Promise<Set<string>> {
  const rows = await tx.operationObject.findMany({
    where: {
      action: { notIn: ['unchanged', 'hook'] },
      operation: {
        applicationId: deployment.applicationId,
        applyingAt: { gt: deployment.finishedAt, lte: at },
        ...(deployment.operationId === null ? {} : { id: { not: deployment.operationId } }),
      },
    },
    select: { key: true },
    distinct: ['key'],
  });
  return new Set(rows.map(({ key }) => key));
}
