import { randomUUID } from 'node:crypto';
import { acquireLease, type HeldLease, isFenceValid, releaseLease } from '#lib/database/leases.ts';
import type { Reader } from '#lib/database/reader.ts';
import type { Context } from '../context.ts';

/** Another worker took over; nothing more may be written. */
export class LeaseLostError extends Error {
  constructor(key: string) {
    super(`another worker took over ${key}`);
    this.name = 'LeaseLostError';
  }
}

/** Runs the work under a lease of its own, or answers null without running it when somebody else holds the key. */
export async function withLease<Result>(
  ctx: Context,
  { key, ttlMs }: { key: string; ttlMs: number },
  work: (lease: HeldLease) => Promise<Result>,
): Promise<Result | null> {
  const { prisma } = ctx.database;
  const lease = await acquireLease(prisma, { key, owner: `job-${randomUUID()}`, ttlMs });
  if (!lease) return null;
  try {
    return await work(lease);
  } finally {
    await releaseLease(prisma, lease).catch(() => undefined);
  }
}

/** The first statement of a transaction that writes under a lease. Throws {@link LeaseLostError}. */
export async function requireFence(tx: Reader, lease: HeldLease): Promise<void> {
  if (!(await isFenceValid(tx, lease))) throw new LeaseLostError(lease.key);
}
