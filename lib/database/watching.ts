import type { Reader } from './reader.ts';

/** A cluster with everything that decides how to connect to it; `identity` changes with any of it. */
export interface ClusterTarget {
  id: string;
  name: string;
  access: 'read-only' | 'full';
  status: string;
  identity: string;
}

export async function listClusterTargets(tx: Reader): Promise<ClusterTarget[]> {
  const rows = await tx.cluster.findMany({
    include: { credential: { select: { keyId: true, kind: true, rotatedAt: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    access: row.access === 'full' ? 'full' : 'read-only',
    status: row.status,
    identity: JSON.stringify([
      row.name,
      row.access,
      row.server,
      row.caData,
      row.tlsServerName,
      row.insecureSkipTlsVerify,
      row.credential?.kind ?? null,
      row.credential?.rotatedAt ?? null,
    ]),
  }));
}

export async function findClusterTarget(tx: Reader, id: string): Promise<ClusterTarget | null> {
  return (await listClusterTargets(tx)).find((target) => target.id === id) ?? null;
}

export async function updateClusterContact(
  tx: Reader,
  id: string,
  contact: {
    status?: 'connected' | 'silent';
    kubernetesVersion?: string;
    lastContactAt?: Date;
    lastError?: string | null;
    silentSince?: Date | null;
  },
): Promise<void> {
  await tx.cluster.updateMany({ where: { id }, data: contact });
}

export async function findClusterContact(tx: Reader, id: string) {
  return tx.cluster.findUnique({
    where: { id },
    select: { id: true, name: true, status: true, kubernetesVersion: true, lastError: true, silentSince: true },
  });
}
