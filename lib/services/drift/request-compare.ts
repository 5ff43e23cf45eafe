import { notifyChanges } from '#lib/database/changes.ts';
import { leaseOwner } from '#lib/database/leases.ts';
import { findDeclared } from '#lib/database/states.ts';
import type { WorkerContext } from '../context.ts';
import { compareApplication } from './compare.ts';
import { restate } from './restate.ts';

const LOST_MS = 1_000;

/**
 * Compares an application where its cluster is watched: here when this worker watches it or nobody does, else by
 * telling the worker that does. Answers milliseconds until it wants to be called again, or null.
 */
export async function requestCompare(
  ctx: WorkerContext,
  applicationId: string,
  signal?: AbortSignal,
): Promise<number | null> {
  const application = await findDeclared(ctx.database.prisma, applicationId);
  if (!application) return null;
  const { clusterId } = application;
  const live = await ctx.ports.live.cluster(clusterId).catch(() => null);
  if (!live?.lease && (await leaseOwner(ctx.database.prisma, `cluster:${clusterId}`)) !== null) {
    await notifyChanges(ctx.database.prisma, [`lease:compare:${clusterId}/${applicationId}`]);
    return null;
  }
  // A cluster that cannot be reached is shown as silent; everything is compared when it answers again.
  if (!live) {
    await restate(ctx, applicationId);
    return null;
  }
  const compared = await compareApplication(ctx, applicationId, live, signal);
  // The lease lapsed, or has another holder: who that is shows the next time.
  if (compared.outcome === 'lost') return LOST_MS;
  return compared.outcome === 'compared' ? compared.againMs : null;
}
