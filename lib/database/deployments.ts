import type { DeploymentModel } from './generated/models/Deployment.ts';
import type { Reader } from './reader.ts';

export type DeploymentRow = DeploymentModel;
export type NewDeployment = Omit<DeploymentRow, 'id' | 'images'> & { images: string[] };

export async function insertDeployment(tx: Reader, deployment: NewDeployment): Promise<DeploymentRow> {
  return tx.deployment.create({ data: deployment });
}

export async function findDeployment(tx: Reader, applicationId: string, id: string): Promise<DeploymentRow | null> {
  return tx.deployment.findFirst({ where: { id, applicationId } });
}

/** Newest first, by keyset over (finishedAt, id). */
export async function listDeployments(
  tx: Reader,
  applicationId: string,
  page: { after?: { finishedAt: Date; id: string }; limit: number },
): Promise<DeploymentRow[]> {
  const { after } = page;
  return tx.deployment.findMany({
    where: {
      applicationId,
      ...(after
        ? { OR: [{ finishedAt: { lt: after.finishedAt } }, { finishedAt: after.finishedAt, id: { lt: after.id } }] }
        : {}),
    },
    orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
    take: page.limit,
  });
}

export async function countDeployments(tx: Reader, applicationId: string): Promise<number> {
  return tx.deployment.count({ where: { applicationId } });
}

/** What the application's state says of its deployment; `digest` is cleared so that the next comparison writes anew. */
export interface DeployedState {
  deployedSha?: string;
  deployedSetId?: string;
  deployedAt?: Date;
  deploymentId?: string;
  activeOperationId?: string | null;
  sync?: 'Syncing';
}

export async function updateDeployedState(tx: Reader, applicationId: string, state: DeployedState): Promise<void> {
  await tx.applicationState.updateMany({ where: { applicationId }, data: { ...state, digest: '' } });
}
