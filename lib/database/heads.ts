import type { Prisma } from './generated/client.ts';
import type { Reader } from './reader.ts';

/** A ref and the commit it is at. */
export interface StoredHead {
  ref: string;
  sha: string;
}

export async function findRepositoryHeads(tx: Reader, id: string) {
  const row = await tx.repository.findUnique({ where: { id } });
  return row ? { ...row, heads: headsOf(row.heads) } : null;
}

export async function updateRepository(
  tx: Reader,
  id: string,
  data: {
    status: 'reachable' | 'unreachable';
    lastError: string | null;
    lastFetchAt?: Date;
    defaultBranch?: string;
    heads?: StoredHead[];
  },
): Promise<void> {
  const { heads, ...rest } = data;
  await tx.repository.updateMany({
    where: { id },
    data: { ...rest, ...(heads ? { heads: heads.map(({ ref, sha }) => ({ ref, sha })) } : {}) },
  });
}

export async function listRepositoryIds(tx: Reader): Promise<string[]> {
  return (await tx.repository.findMany({ select: { id: true } })).map((row) => row.id);
}

function headsOf(value: Prisma.JsonValue): StoredHead[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((head) => {
    if (head === null || typeof head !== 'object' || Array.isArray(head)) return [];
    const { ref, sha } = head;
    return typeof ref === 'string' && typeof sha === 'string' ? [{ ref, sha }] : [];
  });
}
