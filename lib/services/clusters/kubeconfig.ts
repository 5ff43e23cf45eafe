import type { z } from 'zod';
import {
  type ClusterEndpointInput,
  type ClusterView,
  createClusterInput,
  importKubeconfigInput,
  type kubeconfigView,
  readKubeconfigInput,
} from '#lib/contracts/clusters.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { ParseKubeconfig } from '#lib/ports/kubeconfig.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { withUnique } from '../shared/unique.ts';
import { checkClusterEndpoint } from './check-endpoint.ts';
import { placeCluster } from './create.ts';

/** A context that can read kubeconfigs: text in, contexts out, no connection. */
export interface KubeconfigReader {
  parseKubeconfig: ParseKubeconfig;
}

/** The contexts of a kubeconfig without any credential. Errors: forbidden (audited), invalid. */
export async function readKubeconfig(
  ctx: Context & KubeconfigReader,
  input: z.input<typeof readKubeconfigInput>,
): Promise<z.infer<typeof kubeconfigView>> {
  const target = { kind: 'cluster' as const, id: '', name: 'kubeconfig' };
  await requirePermission(ctx, 'clusters:write', { verb: 'cluster.create', target });
  const { contexts, warnings } = ctx.parseKubeconfig(readKubeconfigInput.parse(input).kubeconfig);
  if (contexts.length === 0) throw invalid('kubeconfig', warnings[0] ?? 'has no context');
  return {
    contexts: contexts.map((context) => ({
      name: context.name,
      cluster: context.cluster,
      user: context.user,
      server: context.server,
      namespace: context.namespace,
      credentialKind: context.credentialKind,
      problem: context.problem,
    })),
    warnings,
  };
}

/** Registers chosen contexts: all or none. Errors: forbidden (audited), invalid, refused, conflict. */
export async function importKubeconfig(
  ctx: Context & KubeconfigReader,
  input: z.input<typeof importKubeconfigInput>,
): Promise<ClusterView[]> {
  const names = input.contexts.map((context) => context.name).join(', ');
  const target = { kind: 'cluster' as const, id: '', name: names.slice(0, 200) };
  await requirePermission(ctx, 'clusters:write', { verb: 'cluster.create', target });
  const wanted = importKubeconfigInput.parse(input);
  const clusters = wanted.contexts.map(({ context, name, labels, access }) => {
    const endpoint = endpointOfContext(ctx, wanted.kubeconfig, context);
    return checkClusterEndpoint(createClusterInput.parse({ ...endpoint, name, labels, access }), ctx.policy);
  });
  return withUnique('cluster', () =>
    inTransaction(ctx.database, async (transaction) => {
      const views: ClusterView[] = [];
      for (const cluster of clusters) views.push(await placeCluster(ctx, transaction, cluster));
      return views;
    }),
  );
}

/** One context as the input of a registration. Errors: invalid. */
export function endpointOfContext(
  ctx: KubeconfigReader,
  kubeconfig: string,
  name: string,
): z.input<typeof createClusterInput> extends infer Input ? Omit<Input, 'name' | 'labels' | 'access'> : never {
  const { contexts, warnings } = ctx.parseKubeconfig(kubeconfig);
  const found = contexts.find((context) => context.name === name);
  if (!found) throw invalid('kubeconfig', warnings[0] ?? `has no context ${name}`);
  if (!found.endpoint) throw invalid('kubeconfig', `context ${name}: ${found.problem ?? 'cannot be used'}`);
  const endpoint: Omit<ClusterEndpointInput, 'insecureSkipTlsVerify'> & { insecureSkipTlsVerify?: boolean } =
    found.endpoint;
  return endpoint;
}
