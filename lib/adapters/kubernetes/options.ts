/** What an administrator may say about how clusters are reached. Times in milliseconds. */
export interface KubernetesAdapterOptions {
  /** Exec plugins are programs on this machine: refused unless allowed. */
  allowExecPlugins: boolean;
  /** Commands that may run when exec plugins are allowed, spelled as in the kubeconfig; absent = any. */
  allowedExecCommands?: readonly string[];
  /** The whole environment of an exec plugin beside its own `env`; nothing is inherited. */
  execEnvironment?: Readonly<Record<string, string>>;
  /** Default true. */
  allowInCluster?: boolean;
  /** http:// to 127.0.0.1, ::1 and localhost. Default false. */
  allowPlainHttpLoopback?: boolean;
  /** Link-local addresses, where cloud metadata services live. Default false. */
  allowLinkLocal?: boolean;
  /** Requests in flight per cluster, watches not counted. Default 16. */
  maxConcurrent?: number;
  /** Of one call, from the moment it has its slot. Default 15,000. */
  timeoutMs?: number;
  /** Of one list page, one discovery, one OpenAPI document. Default 30,000. */
  listTimeoutMs?: number;
  /** Of one answer, unpacked. Default 64 MiB. */
  maxBodyBytes?: number;
  /** Of one event of a watch. Default 16 MiB. */
  maxLineBytes?: number;
  /** Of one watch; it then ends and is opened again by the caller. Default 1 GiB. */
  maxStreamBytes?: number;
  /** How long the server is asked to keep a watch, in seconds; up to a quarter less by chance. Default 290. */
  watchSeconds?: number;
  /** How much longer a watch that the server did not end is kept. Default 15,000. */
  watchGraceMs?: number;
  /** One connection with many streams where the server offers it. */
  http2?: boolean;
  /** Where a pod finds its token and CA. */
  serviceAccountFolder?: string;
}

export type Settings = Required<Omit<KubernetesAdapterOptions, 'allowedExecCommands'>> & {
  allowedExecCommands: readonly string[] | undefined;
};

const MIB = 1024 * 1024;

export function settingsFrom(options: KubernetesAdapterOptions): Settings {
  return {
    execEnvironment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    allowInCluster: true,
    allowPlainHttpLoopback: false,
    allowLinkLocal: false,
    maxConcurrent: 16,
    timeoutMs: 15_000,
    listTimeoutMs: 30_000,
    maxBodyBytes: 64 * MIB,
    maxLineBytes: 16 * MIB,
    maxStreamBytes: 1024 * MIB,
    watchSeconds: 290,
    watchGraceMs: 15_000,
    http2: false,
    serviceAccountFolder: '/var/run/secrets/kubernetes.io/serviceaccount',
    ...options,
    allowedExecCommands: options.allowedExecCommands,
  };
}
