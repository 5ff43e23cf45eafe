import { ClusterError, type ClusterEndpoint, type ClusterPort } from '#lib/ports/cluster.ts';
import type { ParseKubeconfig } from '#lib/ports/kubeconfig.ts';
import { createClient } from './client.ts';
import { refusedEndpoint, testConnection } from './connection-test.ts';
import { parseServer } from './endpoint.ts';
import { execProblem } from './exec-plugin.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { type KubernetesAdapterOptions, type Settings, settingsFrom } from './options.ts';
import { Transport } from './transport.ts';

/** Why this endpoint is refused before anything is sent; undefined when it is not. */
function credentialProblem(endpoint: ClusterEndpoint, settings: Settings): string | undefined {
  const { credential } = endpoint;
  if (credential.kind === 'exec') return execProblem(credential.command, settings);
  if (credential.kind === 'in-cluster' && !settings.allowInCluster)
    return 'The in-cluster credential is not allowed here';
  if (credential.kind === 'token' && /[^\x21-\x7e]/.test(credential.token.trim()))
    return 'The token holds spaces, line breaks or characters outside ASCII; paste it as one line';
  return undefined;
}

/**
 * Kubernetes API servers behind {@link ClusterPort}. `connect` opens nothing by itself: the first call does; it throws
 * ClusterError 'unreachable' or 'unauthenticated' for an endpoint that options or safety forbid.
 */
export function createKubernetesAdapter(
  options: KubernetesAdapterOptions,
): ClusterPort & { parseKubeconfig: ParseKubeconfig } {
  const settings = settingsFrom(options);
  return {
    connect(endpoint) {
      const address = parseServer(endpoint.server, settings);
      if ('problem' in address) throw new ClusterError('unreachable', address.problem);
      const problem = credentialProblem(endpoint, settings);
      if (problem !== undefined) throw new ClusterError('unauthenticated', problem);
      return createClient(new Transport(endpoint, address, settings));
    },
    async test(endpoint, { wantWrite, timeoutMs = settings.timeoutMs, signal }) {
      const address = parseServer(endpoint.server, settings);
      if ('problem' in address) return refusedEndpoint(address.problem);
      const problem = credentialProblem(endpoint, settings);
      if (problem !== undefined) return refusedEndpoint(problem);
      return testConnection({ endpoint, address, settings, wantWrite, timeoutMs, signal });
    },
    parseKubeconfig: (text) => readKubeconfig(text, settings),
  };
}
