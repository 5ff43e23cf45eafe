import type { Prisma } from './generated/client.ts';
import type { RepositoryModel } from './generated/models/Repository.ts';
import type { WebhookDeliveryModel } from './generated/models/WebhookDelivery.ts';
import type { Reader } from './reader.ts';

/** A repository as lists show it: the kind of its credential, never the credential. */
export type RepositoryRow = RepositoryModel & {
  credentialKind: string;
  webhookConfigured: boolean;
  applicationCount: number;
};
export type DeliveryRow = WebhookDeliveryModel;

/** Repositories by name; `ids` narrows. */
export async function listRepositoryRows(tx: Reader, ids?: string[]): Promise<RepositoryRow[]> {
  const rows = await tx.repository.findMany({
    ...(ids ? { where: { id: { in: ids } } } : {}),
    include: {
      credential: { select: { kind: true, webhookKeyId: true } },
      _count: { select: { applications: true } },
    },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ credential, _count, ...repository }) => ({
    ...repository,
    credentialKind: credential?.kind ?? 'none',
    webhookConfigured: credential?.webhookKeyId != null,
    applicationCount: _count.applications,
  }));
}

export async function findRepositoryRow(tx: Reader, id: string): Promise<RepositoryRow | null> {
  const [row] = await listRepositoryRows(tx, [id]);
  return row ?? null;
}

/** By name or by URL, as YAML documents name it. */
export async function findRepositoryByReference(tx: Reader, reference: string): Promise<RepositoryModel | null> {
  return tx.repository.findFirst({ where: { OR: [{ name: reference }, { url: reference }] } });
}

export type NewRepository = Pick<RepositoryModel, 'name' | 'url' | 'pollIntervalSeconds' | 'forge'>;

export async function insertRepository(tx: Reader, repository: NewRepository): Promise<string> {
  const row = await tx.repository.create({ data: repository, select: { id: true } });
  return row.id;
}

export async function updateRepository(
  tx: Reader,
  id: string,
  change: Partial<Pick<RepositoryModel, 'name' | 'pollIntervalSeconds' | 'forge' | 'status' | 'lastError'>>,
): Promise<void> {
  await tx.repository.update({ where: { id }, data: change });
}

export async function deleteRepository(tx: Reader, id: string): Promise<void> {
  await tx.repository.delete({ where: { id } });
}

interface SealedColumns {
  keyId: string;
  ciphertext: Uint8Array;
}

export async function writeRepositoryCredential(
  tx: Reader,
  repositoryId: string,
  credential: SealedColumns & { kind: string; rotatedAt: Date },
): Promise<void> {
  const data = { ...credential, ciphertext: Buffer.from(credential.ciphertext) };
  await tx.repositoryCredential.upsert({ where: { repositoryId }, create: { repositoryId, ...data }, update: data });
}

export async function writeWebhookSecret(tx: Reader, repositoryId: string, sealed: SealedColumns): Promise<void> {
  await tx.repositoryCredential.update({
    where: { repositoryId },
    data: { webhookKeyId: sealed.keyId, webhookSecret: Buffer.from(sealed.ciphertext) },
  });
}

/** The sealed secret that signs webhooks, with the repository's name; null when unknown or none was made. */
export async function findWebhookSecret(
  tx: Reader,
  repositoryId: string,
): Promise<(SealedColumns & { name: string }) | null> {
  const row = await tx.repositoryCredential.findUnique({
    where: { repositoryId },
    include: { repository: { select: { name: true } } },
  });
  if (row?.webhookKeyId == null || row.webhookSecret === null) return null;
  return { keyId: row.webhookKeyId, ciphertext: row.webhookSecret, name: row.repository.name };
}

export type NewDelivery = Pick<DeliveryRow, 'repositoryId' | 'deliveryId' | 'event' | 'outcome' | 'detail'> & {
  receivedAt: Date;
};

/** Records a delivery once; false when its id was seen before. */
export async function insertDelivery(tx: Reader, delivery: NewDelivery): Promise<boolean> {
  const { count } = await tx.webhookDelivery.createMany({ data: [delivery], skipDuplicates: true });
  return count === 1;
}

/** Newest first; `before` is the last one seen. */
export async function listDeliveryRows(
  tx: Reader,
  query: { repositoryId: string; before: { receivedAt: Date; id: string } | null; limit: number },
): Promise<DeliveryRow[]> {
  const where: Prisma.WebhookDeliveryWhereInput = {
    repositoryId: query.repositoryId,
    ...(query.before
      ? {
          OR: [
            { receivedAt: { lt: query.before.receivedAt } },
            { receivedAt: query.before.receivedAt, id: { lt: query.before.id } },
          ],
        }
      : {}),
  };
  return tx.webhookDelivery.findMany({
    where,
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: query.limit,
  });
}

export async function countDeliveries(tx: Reader, repositoryId: string): Promise<number> {
  return tx.webhookDelivery.count({ where: { repositoryId } });
}
