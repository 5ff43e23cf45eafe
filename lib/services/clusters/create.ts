import type { z } from 'zod';
import { type ClusterView, type CreateClusterInput, createClusterInput } from '#lib/contracts/clusters.ts';
import { findClusterRow, insertCluster, writeClusterCredential } from '#lib/database/clusters.ts';
import { inTransaction, type Transaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { withUnique } from '../shared/unique.ts';
import { checkClusterEndpoint } from './check-endpoint.ts';
import { clusterCredentialPurpose } from './endpoint.ts';
import { clusterDeclaration, clusterViewOf } from './view.ts';

/** Registers a cluster; a worker connects at once. Errors: forbidden (audited), invalid, refused, conflict. */
export async function createCluster(ctx: Context, input: z.input<typeof createClusterInput>): Promise<ClusterView> {
  const target = { kind: 'cluster' as const, id: '', name: input.name };
  await requirePermission(ctx, 'clusters:write', { verb: 'cluster.create', target });
  const wanted = checkClusterEndpoint(createClusterInput.parse(input), ctx.policy);
  return withUnique('cluster', () =>
    inTransaction(ctx.database, (transaction) => placeCluster(ctx, transaction, wanted)),
  );
}

/** Stores one checked cluster inside the caller's transaction, with its audit event. */
export async function placeCluster(
  ctx: Context,
  { tx, changed }: Transaction,
  wanted: CreateClusterInput,
): Promise<ClusterView> {
  const id = await insertCluster(tx, {
    name: wanted.name,
    server: wanted.server,
    caData: wanted.caData ?? null,
    tlsServerName: wanted.tlsServerName ?? null,
    insecureSkipTlsVerify: wanted.insecureSkipTlsVerify,
    labels: wanted.labels,
    access: wanted.access,
  });
  await writeClusterCredential(tx, id, {
    kind: wanted.credential.kind,
    ...ctx.keyring.seal(JSON.stringify(wanted.credential), clusterCredentialPurpose(id)),
    rotatedAt: ctx.clock.now(),
  });
  const row = await findClusterRow(tx, id);
  if (!row) throw notFound('cluster', id);
  await recordAudit(ctx, tx, {
    verb: 'cluster.create',
    target: { kind: 'cluster', id, name: row.name },
    outcome: 'succeeded',
    afterHash: digestOf(clusterDeclaration(row)),
    detail: { server: row.server, access: row.access, credentialKind: row.credentialKind },
  });
  changed(`cluster:${id}`, 'audit');
  return clusterViewOf(row);
}
