import type { Reader } from './reader.ts';

/** The right to work on a key until it lapses. `fence` grows with every change of hands and guards each write. */
export interface HeldLease {
  key: string;
  fence: bigint;
}

/** Takes a lease that is free, lapsed or already ours (then it is prolonged); null when somebody else holds it. */
export async function acquireLease(
  tx: Reader,
  { key, owner, ttlMs }: { key: string; owner: string; ttlMs: number },
): Promise<HeldLease | null> {
  const rows = await tx.$queryRaw<HeldLease[]>`
    INSERT INTO "Lease" AS lease (key, owner, fence, "expiresAt")
    VALUES (${key}, ${owner}, 1, now() + ${ttlMs} * interval '1 millisecond')
    ON CONFLICT (key) DO UPDATE SET
      owner = excluded.owner,
      fence = lease.fence + CASE WHEN lease.owner = excluded.owner AND lease."expiresAt" > now() THEN 0 ELSE 1 END,
      "expiresAt" = excluded."expiresAt"
    WHERE lease.owner = excluded.owner OR lease."expiresAt" <= now()
    RETURNING key, fence`;
  return rows[0] ?? null;
}

/** Prolongs what is still ours; a lease missing from the answer is lost. */
export async function renewLeases(
  tx: Reader,
  { leases, owner, ttlMs }: { leases: readonly HeldLease[]; owner: string; ttlMs: number },
): Promise<Set<string>> {
  if (leases.length === 0) return new Set();
  const keys = leases.map((lease) => lease.key);
  const fences = leases.map((lease) => lease.fence);
  const rows = await tx.$queryRaw<{ key: string }[]>`
    UPDATE "Lease" AS lease SET "expiresAt" = now() + ${ttlMs} * interval '1 millisecond'
    FROM unnest(${keys}::text[], ${fences}::bigint[]) AS held (key, fence)
    WHERE lease.key = held.key AND lease.fence = held.fence AND lease.owner = ${owner}
    RETURNING lease.key`;
  return new Set(rows.map((row) => row.key));
}

/**
 * Gives a lease up at once, so that another worker need not wait for it to lapse. The column holds milliseconds and rounds:
 * without the cut it could be held for half of one more, and who asks next would be told to come back later.
 */
export async function releaseLease(tx: Reader, lease: HeldLease): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Lease" SET "expiresAt" = date_trunc('milliseconds', now())
    WHERE key = ${lease.key} AND fence = ${lease.fence} AND "expiresAt" > now()`;
}

/**
 * Whether a lease is still held, asked inside the transaction that writes: the row is locked until its commit, so that
 * nobody can take the lease between the question and the write.
 */
export async function isFenceValid(tx: Reader, lease: HeldLease): Promise<boolean> {
  const rows = await tx.$queryRaw<{ valid: boolean }[]>`
    SELECT true AS valid FROM "Lease"
    WHERE key = ${lease.key} AND fence = ${lease.fence} AND "expiresAt" > now() FOR SHARE`;
  return rows.length > 0;
}

/** Who holds a key now, or null. */
export async function leaseOwner(tx: Reader, key: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ owner: string }[]>`
    SELECT owner FROM "Lease" WHERE key = ${key} AND "expiresAt" > now()`;
  return rows[0]?.owner ?? null;
}

/** Owners of live leases whose key begins with a prefix, by key. */
export async function listLeases(tx: Reader, prefix: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ key: string; owner: string }[]>`
    SELECT key, owner FROM "Lease" WHERE starts_with(key, ${prefix}) AND "expiresAt" > now()`;
  return new Map(rows.map((row) => [row.key, row.owner]));
}

/** Removes what lapsed long ago of leases whose fence guards nothing: those of operations and of workers themselves. */
export async function deleteLapsedLeases(tx: Reader, before: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "Lease"
    WHERE "expiresAt" < ${before} AND (starts_with(key, 'operation:') OR starts_with(key, 'worker:'))`;
}
