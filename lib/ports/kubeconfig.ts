import type { ClusterEndpoint } from './cluster.ts';

/** One context of a kubeconfig. */
export interface KubeconfigContext {
  name: string;
  cluster: string;
  user: string;
  server: string;
  namespace: string | null;
  credentialKind: string;
  /** Why it cannot be used, or null. */
  problem: string | null;
  /** Absent when there is a problem. Holds the credential: never answered. */
  endpoint: ClusterEndpoint | undefined;
}

/** Reads the text of a kubeconfig; touches neither files nor network. Never throws: what is wrong is in `warnings`. */
export type ParseKubeconfig = (text: string) => { contexts: KubeconfigContext[]; warnings: string[] };
