import type { Reader } from './reader.ts';

/** One sealed column: where it is, what binds it, and what is in it. */
export interface SealedColumn {
  table: 'cluster' | 'repository' | 'webhook' | 'inquiry';
  /** Of the cluster, repository or inquiry. */
  id: string;
  keyId: string;
  ciphertext: Uint8Array;
}

/** Up to `limit` secrets of each table that another key than this one sealed. */
export async function listSealedByOthers(tx: Reader, keyId: string, limit: number): Promise<SealedColumn[]> {
  const other = { not: keyId };
  const clusters = await tx.clusterCredential.findMany({ where: { keyId: other }, take: limit });
  const repositories = await tx.repositoryCredential.findMany({ where: { keyId: other }, take: limit });
  const webhooks = await tx.repositoryCredential.findMany({ where: { webhookKeyId: other }, take: limit });
  const inquiries = await tx.inquiry.findMany({ where: { sealedKeyId: other }, take: limit });
  return [
    ...clusters.map((row) => ({ table: 'cluster' as const, id: row.clusterId, ...row })),
    ...repositories.map((row) => ({ table: 'repository' as const, id: row.repositoryId, ...row })),
    ...webhooks.flatMap((row) => sealedOf('webhook', row.repositoryId, [row.webhookKeyId, row.webhookSecret])),
    ...inquiries.flatMap((row) => sealedOf('inquiry', row.id, [row.sealedKeyId, row.sealed])),
  ];
}

function sealedOf(
  table: SealedColumn['table'],
  id: string,
  [keyId, ciphertext]: [string | null, Uint8Array | null],
): SealedColumn[] {
  return keyId === null || ciphertext === null ? [] : [{ table, id, keyId, ciphertext }];
}

/** Puts a re-sealed secret in place, unless somebody replaced it meanwhile. */
export async function reseal(
  tx: Reader,
  before: SealedColumn,
  after: Omit<SealedColumn, 'table' | 'id'>,
): Promise<void> {
  const ciphertext = Buffer.from(after.ciphertext);
  switch (before.table) {
    case 'cluster':
      await tx.clusterCredential.updateMany({
        where: { clusterId: before.id, keyId: before.keyId },
        data: { keyId: after.keyId, ciphertext },
      });
      return;
    case 'repository':
      await tx.repositoryCredential.updateMany({
        where: { repositoryId: before.id, keyId: before.keyId },
        data: { keyId: after.keyId, ciphertext },
      });
      return;
    case 'webhook':
      await tx.repositoryCredential.updateMany({
        where: { repositoryId: before.id, webhookKeyId: before.keyId },
        data: { webhookKeyId: after.keyId, webhookSecret: ciphertext },
      });
      return;
    case 'inquiry':
      await tx.inquiry.updateMany({
        where: { id: before.id, sealedKeyId: before.keyId },
        data: { sealedKeyId: after.keyId, sealed: ciphertext },
      });
  }
}
