import type { ClusterView } from '#lib/contracts/clusters.ts';
import { findClusterRow, listClusterRows } from '#lib/database/clusters.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { clusterViewOf } from './view.ts';

/** Every cluster by name. Errors: forbidden. */
export async function listClusters(ctx: Context): Promise<ClusterView[]> {
  await requirePermission(ctx, 'clusters:read');
  return (await listClusterRows(ctx.database.prisma)).map(clusterViewOf);
}

/** Errors: forbidden, not-found. */
export async function getCluster(ctx: Context, input: { id: string }): Promise<ClusterView> {
  await requirePermission(ctx, 'clusters:read');
  const row = await findClusterRow(ctx.database.prisma, input.id);
  if (!row) throw notFound('cluster', input.id);
  return clusterViewOf(row);
}
