import type { z } from 'zod';
import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import { type ClusterView, rotateClusterCredentialInput, updateClusterInput } from '#lib/contracts/clusters.ts';
import { copyNames } from '#lib/database/applications.ts';
import {
  type ClusterRow,
  findClusterRow,
  forgetClusterContact,
  type NewCluster,
  updateCluster as writeCluster,
  writeClusterCredential,
} from '#lib/database/clusters.ts';
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

/** Renames a cluster, changes its labels or its access. Errors: forbidden (audited), not-found, invalid, conflict. */
export async function updateCluster(
  ctx: Context,
  input: { id: string; change: z.input<typeof updateClusterInput> },
): Promise<ClusterView> {
  const before = await openForWrite(ctx, input.id, 'cluster.update');
  const { name, labels, access } = updateClusterInput.parse(input.change);
  return write(ctx, {
    before,
    verb: 'cluster.update',
    change: {
      ...(name === undefined ? {} : { name }),
      ...(labels === undefined ? {} : { labels }),
      ...(access === undefined ? {} : { access }),
    },
  });
}

/** Replaces how a cluster is reached; an absent server or CA stays. Errors: forbidden (audited), not-found, invalid, refused. */
export async function rotateClusterCredential(
  ctx: Context,
  input: { id: string; endpoint: z.input<typeof rotateClusterCredentialInput> },
): Promise<ClusterView> {
  const before = await openForWrite(ctx, input.id, 'credential.rotate');
  const wanted = checkClusterEndpoint(rotateClusterCredentialInput.parse(input.endpoint), ctx.policy);
  return write(ctx, {
    before,
    verb: 'credential.rotate',
    change: {
      ...(wanted.server === undefined ? {} : { server: wanted.server }),
      ...(wanted.caData === undefined ? {} : { caData: wanted.caData }),
      ...(wanted.tlsServerName === undefined ? {} : { tlsServerName: wanted.tlsServerName }),
      insecureSkipTlsVerify: wanted.insecureSkipTlsVerify,
    },
    async also({ tx }) {
      await writeClusterCredential(tx, before.id, {
        kind: wanted.credential.kind,
        ...ctx.keyring.seal(JSON.stringify(wanted.credential), clusterCredentialPurpose(before.id)),
        rotatedAt: ctx.clock.now(),
      });
      await forgetClusterContact(tx, before.id);
    },
  });
}

async function openForWrite(ctx: Context, id: string, verb: AuditVerb): Promise<ClusterRow> {
  const row = await findClusterRow(ctx.database.prisma, id);
  const target = { kind: 'cluster' as const, id, name: row?.name ?? '' };
  await requirePermission(ctx, 'clusters:write', { verb, target });
  if (!row) throw notFound('cluster', id);
  return row;
}

async function write(
  ctx: Context,
  act: {
    before: ClusterRow;
    verb: AuditVerb;
    change: Partial<NewCluster>;
    also?: (transaction: Transaction) => Promise<void>;
  },
): Promise<ClusterView> {
  const { before, verb, change } = act;
  return withUnique('cluster', () =>
    inTransaction(ctx.database, async (transaction) => {
      const { tx, changed } = transaction;
      await writeCluster(tx, before.id, change);
      await act.also?.(transaction);
      if (change.name !== undefined && change.name !== before.name) await copyNames(tx, { clusterId: before.id });
      const after = await findClusterRow(tx, before.id);
      if (!after) throw notFound('cluster', before.id);
      await recordAudit(ctx, tx, {
        verb,
        target: { kind: 'cluster', id: after.id, name: after.name },
        outcome: 'succeeded',
        beforeHash: digestOf(clusterDeclaration(before)),
        afterHash: digestOf(clusterDeclaration(after)),
        detail: { changed: Object.keys(change), credentialKind: after.credentialKind },
      });
      changed(`cluster:${after.id}`, 'audit');
      return clusterViewOf(after);
    }),
  );
}
