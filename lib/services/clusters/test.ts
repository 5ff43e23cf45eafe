import type { z } from 'zod';
import { clusterEndpointInput, type ConnectionTest, testClusterInput } from '#lib/contracts/clusters.ts';
import { findClusterRow } from '#lib/database/clusters.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { type AuditTarget, recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { ask, type WaitForChange } from '../inquiries/ask.ts';
import { checkClusterEndpoint } from './check-endpoint.ts';
import { endpointOfContext, type KubeconfigReader } from './kubeconfig.ts';

type Waiting = { waitForChange?: WaitForChange };

/** Tests a registered cluster, check by check. Errors: forbidden (audited), not-found, unavailable. */
export async function testCluster(ctx: Context & Waiting, input: { id: string }): Promise<ConnectionTest> {
  const row = await findClusterRow(ctx.database.prisma, input.id);
  const target = { kind: 'cluster' as const, id: input.id, name: row?.name ?? '' };
  await requirePermission(ctx, 'clusters:test', { verb: 'cluster.test', target });
  if (!row) throw notFound('cluster', input.id);
  const subject = { clusterId: row.id, access: row.access === 'full' ? ('full' as const) : ('read-only' as const) };
  const result = await ask(ctx, { kind: 'cluster-test', subject }, ctx.waitForChange);
  await audit(ctx, target, result);
  return result;
}

/**
 * Tests an endpoint, or a context of a kubeconfig, before it is registered. Nothing of it is kept. Errors: forbidden
 * (audited), invalid, refused, unavailable.
 */
export async function testNewCluster(
  ctx: Context & Waiting & KubeconfigReader,
  input: z.input<typeof testClusterInput>,
): Promise<ConnectionTest> {
  const target = { kind: 'cluster' as const, id: '', name: 'server' in input ? input.server : input.context };
  await requirePermission(ctx, 'clusters:write', { verb: 'cluster.test', target });
  const { access, ...wanted } = testClusterInput.parse(input);
  const given = 'kubeconfig' in wanted ? endpointOfContext(ctx, wanted.kubeconfig, wanted.context) : wanted;
  const endpoint = checkClusterEndpoint(clusterEndpointInput.parse(given), ctx.policy);
  const result = await ask(
    ctx,
    {
      kind: 'cluster-test',
      subject: { clusterId: null, access },
      secret: JSON.stringify(endpoint),
    },
    ctx.waitForChange,
  );
  await audit(ctx, { ...target, name: endpoint.server }, result);
  return result;
}

async function audit(ctx: Context, target: AuditTarget, result: ConnectionTest): Promise<void> {
  const failed = result.checks.find((check) => check.result === 'failed');
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await recordAudit(ctx, tx, {
      verb: 'cluster.test',
      target,
      outcome: result.ok ? 'succeeded' : 'failed',
      reason: failed ? `${failed.name}: ${failed.message}` : '',
    });
    changed('audit');
  });
}
