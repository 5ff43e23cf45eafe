import { z } from 'zod';
import { id, labels, name, timestamp } from './common.ts';

export const clusterAccess = z.enum(['read-only', 'full']);

/** Write-only: no response ever carries it. */
export const clusterCredentialInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), token: z.string().min(1).max(20_000) }),
  z.strictObject({
    kind: z.literal('client-certificate'),
    certificate: z.string().min(1).max(100_000),
    key: z.string().min(1).max(100_000),
  }),
  z.strictObject({
    kind: z.literal('exec'),
    command: z.string().min(1).max(500),
    args: z.array(z.string().max(2_000)).max(50).default([]),
    env: z.record(z.string(), z.string()).default({}),
    apiVersion: z.string().default('client.authentication.k8s.io/v1'),
  }),
  z.strictObject({ kind: z.literal('in-cluster') }),
]);

export const clusterEndpointInput = z.strictObject({
  server: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .meta({ examples: ['https://203.0.113.7:6443'] }),
  caData: z.string().max(200_000).optional(),
  tlsServerName: z.string().max(253).optional(),
  insecureSkipTlsVerify: z.boolean().default(false),
  credential: clusterCredentialInput,
});
export type ClusterEndpointInput = z.infer<typeof clusterEndpointInput>;

export const createClusterInput = clusterEndpointInput.extend({
  name,
  labels: labels.default({}),
  access: clusterAccess.default('full'),
});
export type CreateClusterInput = z.infer<typeof createClusterInput>;

export const updateClusterInput = z.strictObject({ name, labels, access: clusterAccess }).partial();
export const rotateClusterCredentialInput = clusterEndpointInput.partial({ server: true });

/** Text of a kubeconfig; contexts come back without any credential, to choose from. */
export const readKubeconfigInput = z.strictObject({ kubeconfig: z.string().min(1).max(1_048_576) });
export const kubeconfigContext = z.object({
  name: z.string(),
  cluster: z.string(),
  user: z.string(),
  server: z.string(),
  namespace: z.string().nullable(),
  credentialKind: z.string(),
  /** Why it cannot be used, or null. */
  problem: z.string().nullable(),
});
export const kubeconfigView = z.object({ contexts: z.array(kubeconfigContext), warnings: z.array(z.string()) });
/** Registers chosen contexts of a kubeconfig; all or none. */
export const importKubeconfigInput = z.strictObject({
  kubeconfig: z.string().min(1).max(1_048_576),
  contexts: z
    .array(
      z.strictObject({ context: z.string(), name, labels: labels.default({}), access: clusterAccess.default('full') }),
    )
    .min(1)
    .max(100),
});

export const testClusterInput = z.union([
  clusterEndpointInput.extend({ access: clusterAccess.default('full') }),
  z.strictObject({
    kubeconfig: z.string().min(1).max(1_048_576),
    context: z.string(),
    access: clusterAccess.default('full'),
  }),
]);

export const connectionCheck = z.object({
  name: z.enum(['dns', 'tcp', 'tls', 'authentication', 'version', 'can-list', 'can-apply']),
  result: z.enum(['ok', 'failed', 'skipped']),
  message: z.string(),
  latencyMs: z.number(),
});
export const connectionTest = z.object({
  ok: z.boolean(),
  version: z.string().nullable(),
  checks: z.array(connectionCheck),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const clusterView = z.object({
  id,
  name,
  server: z.string(),
  labels,
  access: clusterAccess,
  status: z.enum(['unknown', 'connected', 'silent']),
  kubernetesVersion: z.string().nullable(),
  lastContactAt: timestamp.nullable(),
  silentSince: timestamp.nullable(),
  lastError: z.string().nullable(),
  credentialKind: z.string(),
  insecureSkipTlsVerify: z.boolean(),
  applicationCount: z.number().int(),
  /** Worst attention of its applications, 0 = well. */
  worstAttention: z.number().int(),
  worstReason: z.string(),
  createdAt: timestamp,
});
export type ClusterView = z.infer<typeof clusterView>;

/** To be applied by an administrator of the cluster; says in comments how to make the token. */
export const rbacManifest = z.object({ access: clusterAccess, manifest: z.string() });
