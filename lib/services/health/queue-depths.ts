import { countWaitingJobs, type WaitingJobs } from '#lib/database/queue-depths.ts';
import type { Context } from '../context.ts';

/** Waiting jobs of every kind, zeros too. Asks no permission: it tells numbers only. Empty when the database is away. */
export async function readQueueDepths({ database }: Pick<Context, 'database'>): Promise<WaitingJobs[]> {
  return countWaitingJobs(database.prisma).catch(() => []);
}
