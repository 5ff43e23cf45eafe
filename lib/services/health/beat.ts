import { writeSetting } from '#lib/database/installation.ts';
import type { Context } from '../context.ts';

/** A worker says that it runs; to be called every few seconds. */
export async function beat(ctx: Pick<Context, 'database' | 'clock'>): Promise<void> {
  await writeSetting(ctx.database.prisma, 'worker-heartbeat', { at: ctx.clock.now().toISOString() });
}
