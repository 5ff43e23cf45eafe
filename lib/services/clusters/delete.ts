import { listApplicationNames } from '#lib/database/applications.ts';
import { deleteCluster as removeCluster, findClusterRow } from '#lib/database/clusters.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { inUse } from '../shared/unique.ts';
import { clusterDeclaration } from './view.ts';

/** Forgets a cluster and its credential; nothing in it is touched. Errors: forbidden (audited), not-found, conflict. */
export async function deleteCluster(ctx: Context, input: { id: string }): Promise<void> {
  const row = await findClusterRow(ctx.database.prisma, input.id);
  const target = { kind: 'cluster' as const, id: input.id, name: row?.name ?? '' };
  await requirePermission(ctx, 'clusters:write', { verb: 'cluster.delete', target });
  if (!row) throw notFound('cluster', input.id);
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const users = await listApplicationNames(tx, { clusterId: row.id });
    if (users.length > 0) throw inUse(`Cluster ${row.name}`, users, row.applicationCount);
    await removeCluster(tx, row.id);
    await recordAudit(ctx, tx, {
      verb: 'cluster.delete',
      target,
      outcome: 'succeeded',
      beforeHash: digestOf(clusterDeclaration(row)),
      detail: { server: row.server },
    });
    changed(`cluster:${row.id}`, 'audit');
  });
}
