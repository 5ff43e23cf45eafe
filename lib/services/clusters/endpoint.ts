import { z } from 'zod';
import { clusterCredentialInput } from '#lib/contracts/clusters.ts';
import type { ClusterEndpoint } from '#lib/ports/cluster.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';

/** Binds a sealed credential to its cluster. */
export const clusterCredentialPurpose = (clusterId: string) => `cluster:${clusterId}`;

/** The cluster as an adapter reaches it, credential opened; for the worker only. Errors: not-found, refused. */
export async function clusterEndpoint(ctx: Context, clusterId: string): Promise<ClusterEndpoint> {
  const row = await ctx.database.prisma.cluster.findUnique({ where: { id: clusterId }, include: { credential: true } });
  if (!row) throw notFound('cluster', clusterId);
  if (!row.credential)
    throw new ServiceError('refused', `Cluster ${row.name} has no credential; rotate it in Settings.`);
  const opened = ctx.keyring.open(row.credential, clusterCredentialPurpose(row.id));
  const credential = z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(clusterCredentialInput)
    .parse(opened);
  return {
    server: row.server,
    insecureSkipTlsVerify: row.insecureSkipTlsVerify,
    credential,
    ...(row.caData === null ? {} : { caData: row.caData }),
    ...(row.tlsServerName === null ? {} : { tlsServerName: row.tlsServerName }),
  };
}
