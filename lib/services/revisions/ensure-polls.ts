import { listRepositoryIds } from '#lib/database/heads.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { Context } from '../context.ts';

/** Makes sure that every repository has its next poll waiting; one that has keeps it. `soon` polls all of them now. */
export async function ensurePolls(ctx: Context, { soon }: { soon: boolean }): Promise<void> {
  const ids = await listRepositoryIds(ctx.database.prisma);
  const now = ctx.clock.now().getTime();
  await inTransaction(ctx.database, async ({ enqueue }) => {
    for (const key of ids)
      enqueue(soon ? { kind: 'fetch', key } : { kind: 'fetch', key, startAfter: new Date(now + 15 * 60_000) });
  });
}

/** The next check of every state from scratch, some time in the coming night. */
export async function ensureRecheck(ctx: Context): Promise<void> {
  const startAfter = new Date(ctx.clock.now().getTime() + (6 + Math.random() * 12) * 3_600_000);
  await inTransaction(ctx.database, async ({ enqueue }) => enqueue({ kind: 'recheck', key: 'all', startAfter }));
}
