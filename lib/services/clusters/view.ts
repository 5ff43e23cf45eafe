import { type ClusterView, clusterAccess } from '#lib/contracts/clusters.ts';
import { labels } from '#lib/contracts/common.ts';
import type { ClusterRow } from '#lib/database/clusters.ts';

const STATUSES = ['unknown', 'connected', 'silent'] as const;

export function clusterViewOf(row: ClusterRow): ClusterView {
  return {
    id: row.id,
    name: row.name,
    server: row.server,
    labels: labels.catch({}).parse(row.labels),
    access: clusterAccess.catch('read-only').parse(row.access),
    status: STATUSES.find((status) => status === row.status) ?? 'unknown',
    kubernetesVersion: row.kubernetesVersion,
    lastContactAt: row.lastContactAt?.toISOString() ?? null,
    silentSince: row.silentSince?.toISOString() ?? null,
    lastError: row.lastError,
    credentialKind: row.credentialKind,
    insecureSkipTlsVerify: row.insecureSkipTlsVerify,
    applicationCount: row.applicationCount,
    worstAttention: row.worstAttention,
    worstReason: row.worstReason,
    createdAt: row.createdAt.toISOString(),
  };
}

/** What the audit's before and after hashes cover; no credential. */
export function clusterDeclaration(row: ClusterRow) {
  return {
    name: row.name,
    server: row.server,
    labels: labels.catch({}).parse(row.labels),
    access: row.access,
    caData: row.caData,
    tlsServerName: row.tlsServerName,
    insecureSkipTlsVerify: row.insecureSkipTlsVerify,
    credentialKind: row.credentialKind,
  };
}
