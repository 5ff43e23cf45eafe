import type { HeldLease } from '#lib/database/leases.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { findClusterContact, updateClusterContact } from '#lib/database/watching.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import type { Context } from '../context.ts';
import { requireFence } from '../leases/with-lease.ts';

interface Contact {
  clusterId: string;
  lease: HeldLease;
}

/**
 * Notes that a cluster answers. Screens hear of it only when it was silent or its version changed; otherwise the time
 * of the last contact is all that is written.
 */
export async function markConnected(
  ctx: Context,
  { clusterId, lease, version }: Contact & { version: string },
): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await requireFence(tx, lease);
    const cluster = await findClusterContact(tx, clusterId);
    if (!cluster) return;
    const news = cluster.status !== 'connected' || cluster.kubernetesVersion !== version || cluster.lastError !== null;
    await updateClusterContact(tx, clusterId, {
      lastContactAt: ctx.clock.now(),
      ...(news ? { status: 'connected', kubernetesVersion: version, lastError: null, silentSince: null } : {}),
    });
    if (news) changed(`cluster:${clusterId}`);
  });
}

/** Notes that a cluster does not answer, once per wording. Its applications keep their last known state. */
export async function markSilent(
  ctx: Context,
  { clusterId, lease, error }: Contact & { error: string },
): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await requireFence(tx, lease);
    const cluster = await findClusterContact(tx, clusterId);
    const lastError = maskText(error);
    if (!cluster || (cluster.status === 'silent' && cluster.lastError === lastError)) return;
    await updateClusterContact(tx, clusterId, {
      status: 'silent',
      lastError,
      silentSince: cluster.silentSince ?? ctx.clock.now(),
    });
    changed(`cluster:${clusterId}`);
  });
}
