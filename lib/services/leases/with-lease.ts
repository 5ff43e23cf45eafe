import { randomUUID } from 'node:crypto';
import { acquireLease, type HeldLease, isFenceValid, releaseLease, renewLeases } from '#lib/database/leases.ts';
import type { Reader } from '#lib/database/reader.ts';
import type { Context } from '../context.ts';

/** Another worker took over; nothing more may be written. */
export class LeaseLostError extends Error {
  constructor(key: string) {
    super(`another worker took over ${key}`);
    this.name = 'LeaseLostError';
  }
}

/** A holder that does not renew for this long is taken for dead, and the next one goes on. */
const TTL_MS = 10_000;
const RENEW_MS = 3_000;

export interface Holding {
  lease: HeldLease;
  /** Aborts with the caller's signal, and when the lease is lost. */
  signal: AbortSignal;
}

/**
 * Runs the work under a lease of its own, renewed for as long as it takes; answers null without running it while
 * somebody else holds the key.
 */
export async function withLease<Result>(
  ctx: Context,
  { key, signal }: { key: string; signal?: AbortSignal | undefined },
  work: (holding: Holding) => Promise<Result>,
): Promise<Result | null> {
  const { prisma } = ctx.database;
  const owner = `job-${randomUUID()}`;
  const lease = await acquireLease(prisma, { key, owner, ttlMs: TTL_MS });
  if (!lease) return null;
  const lost = new AbortController();
  let heldUntil = Date.now() + TTL_MS;
  const renew = async () => {
    const asked = Date.now();
    const kept = await renewLeases(prisma, { leases: [lease], owner, ttlMs: TTL_MS }).catch(() => null);
    if (kept?.has(key)) heldUntil = asked + TTL_MS;
    else if (kept || Date.now() > heldUntil) lost.abort(new LeaseLostError(key));
  };
  const timer = setInterval(() => void renew(), RENEW_MS);
  try {
    return await work({ lease, signal: signal ? AbortSignal.any([signal, lost.signal]) : lost.signal });
  } finally {
    clearInterval(timer);
    await releaseLease(prisma, lease).catch(() => undefined);
  }
}

/** The first statement of a transaction that writes under a lease. Throws {@link LeaseLostError}. */
export async function requireFence(tx: Reader, lease: HeldLease): Promise<void> {
  if (!(await isFenceValid(tx, lease))) throw new LeaseLostError(lease.key);
}
