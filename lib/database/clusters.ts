import { Prisma } from './generated/client.ts';
import type { ClusterModel } from './generated/models/Cluster.ts';
import type { Reader } from './reader.ts';

const WITH_KIND = {
  include: { credential: { select: { kind: true } }, _count: { select: { applications: true } } },
  orderBy: { name: 'asc' },
} satisfies Prisma.ClusterFindManyArgs;

/** A cluster as lists show it: the kind of its credential, never the credential. */
export type ClusterRow = Omit<ClusterModel, never> & {
  credentialKind: string;
  applicationCount: number;
  worstAttention: number;
  worstReason: string;
};

/** Clusters by name; `ids` narrows. */
export async function listClusterRows(tx: Reader, ids?: string[]): Promise<ClusterRow[]> {
  const rows = await tx.cluster.findMany({ ...WITH_KIND, ...(ids ? { where: { id: { in: ids } } } : {}) });
  const worst = await tx.$queryRaw<{ clusterId: string; attention: number; attentionReason: string }[]>`
    SELECT DISTINCT ON ("clusterId") "clusterId"::text AS "clusterId", attention, "attentionReason"
    FROM "ApplicationState"
    WHERE attention > 0 ${ids ? Prisma.sql`AND "clusterId" = ANY(${ids}::uuid[])` : Prisma.empty}
    ORDER BY "clusterId", attention DESC, name`;
  const worstOf = new Map(worst.map((row) => [row.clusterId, row]));
  return rows.map(({ credential, _count, ...cluster }) => ({
    ...cluster,
    credentialKind: credential?.kind ?? 'none',
    applicationCount: _count.applications,
    worstAttention: worstOf.get(cluster.id)?.attention ?? 0,
    worstReason: worstOf.get(cluster.id)?.attentionReason ?? '',
  }));
}

export async function findClusterRow(tx: Reader, id: string): Promise<ClusterRow | null> {
  const [row] = await listClusterRows(tx, [id]);
  return row ?? null;
}

export type NewCluster = Pick<
  ClusterModel,
  'name' | 'server' | 'caData' | 'tlsServerName' | 'insecureSkipTlsVerify' | 'access'
> & { labels: Record<string, string> };

export async function insertCluster(tx: Reader, cluster: NewCluster): Promise<string> {
  const row = await tx.cluster.create({ data: cluster, select: { id: true } });
  return row.id;
}

export async function updateCluster(tx: Reader, id: string, change: Partial<NewCluster>): Promise<void> {
  await tx.cluster.update({ where: { id }, data: change });
}

/** What was known of the connection does not hold for a new credential. */
export async function forgetClusterContact(tx: Reader, id: string): Promise<void> {
  await tx.cluster.update({ where: { id }, data: { status: 'unknown', lastError: null, silentSince: null } });
}

export async function writeClusterCredential(
  tx: Reader,
  clusterId: string,
  credential: { kind: string; keyId: string; ciphertext: Uint8Array; rotatedAt: Date },
): Promise<void> {
  const data = { ...credential, ciphertext: Buffer.from(credential.ciphertext) };
  await tx.clusterCredential.upsert({ where: { clusterId }, create: { clusterId, ...data }, update: data });
}

export async function deleteCluster(tx: Reader, id: string): Promise<void> {
  await tx.cluster.delete({ where: { id } });
}
