import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiClient, eventually, itemsAt } from './api-client.ts';
import { awaitReady, freePorts, type RunningProcess, startProcess } from './processes.ts';
import { preparePrograms, type Program, type Programs } from './programs.ts';
import {
  ADMIN,
  allUsers,
  type ControlPlaneUser,
  ensureServiceAccountKey,
  grantRules,
  kubeconfigText,
  VIEWER,
  writeTokens,
} from './users.ts';

export interface ControlPlaneOptions {
  /** Keeps the cluster over restarts; absent = a temporary folder, removed at stop. */
  dataDir?: string;
  /** Name of the contexts in the kubeconfigs. Default `control-plane`. */
  name?: string;
  /** Port of the API server; give the earlier one to come back at the same address. */
  port?: number;
  /** Users beside `admin` and `viewer`. */
  users?: ControlPlaneUser[];
  /** False leaves out controllers, scheduler and nodes: only the API, up in about two seconds. */
  controllers?: boolean;
}

/** A running cluster on 127.0.0.1: real etcd, API server and controllers; pods are played by KWOK. */
export interface ControlPlane {
  server: string;
  port: number;
  /** PEM of what signs the server's certificate. */
  caData: string;
  /** Of the cluster administrator. */
  token: string;
  /** Of a user who may get, list and watch everything and change nothing. */
  viewerToken: string;
  /** Tokens by user name. */
  tokens: Record<string, string>;
  kubeconfig: string;
  /** The administrator's kubeconfig as a file, for kubectl. */
  kubeconfigPath: string;
  kubeconfigFor(user: string): string;
  /** Whether Deployments, Jobs and garbage collection move. */
  controllers: boolean;
  /** Drops etcd's history up to now; the API server follows within 16 seconds: older continue tokens expire. */
  compact(): Promise<void>;
  /** Ends every process and waits until they are gone. */
  stop(): Promise<void>;
}

interface Layout {
  folder: string;
  etcdUrl: string;
  etcdPeerUrl: string;
  port: number;
  kwokPort: number;
  key: { privateKey: string; publicKey: string };
  tokenFile: string;
  caFile: string;
}

const NODES = ['node-1', 'node-2'];

function start(layout: Layout, name: string, launch: { program: Program; args: string[] }): RunningProcess {
  return startProcess(name, launch.program, { args: launch.args, logFile: path.join(layout.folder, `${name}.log`) });
}

async function startEtcd(layout: Layout, program: Program): Promise<RunningProcess> {
  const urls = (kind: string, url: string) => [`--listen-${kind}-urls=${url}`];
  const args = [
    `--data-dir=${path.join(layout.folder, 'etcd')}`,
    ...urls('client', layout.etcdUrl),
    ...urls('peer', layout.etcdPeerUrl),
  ];
  // The etcd of KUBEBUILDER_ASSETS has its own command line, which wants the advertised URLs too.
  if (program.args.length === 0) {
    args.push(
      `--advertise-client-urls=${layout.etcdUrl}`,
      `--initial-advertise-peer-urls=${layout.etcdPeerUrl}`,
      `--initial-cluster=default=${layout.etcdPeerUrl}`,
      '--unsafe-no-fsync',
    );
  }
  const etcd = start(layout, 'etcd', { program, args });
  await awaitReady(etcd, async () => (await fetch(`${layout.etcdUrl}/health`)).ok, 30_000);
  return etcd;
}

function apiserverArgs(layout: Layout): string[] {
  return [
    `--etcd-servers=${layout.etcdUrl}`,
    `--secure-port=${layout.port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--cert-dir=${path.join(layout.folder, 'certificates')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${layout.key.publicKey}`,
    `--service-account-signing-key-file=${layout.key.privateKey}`,
    '--authorization-mode=RBAC',
    '--anonymous-auth=false',
    `--token-auth-file=${layout.tokenFile}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    '--endpoint-reconciler-type=none',
    '--shutdown-delay-duration=0s',
    '--allow-privileged=true',
  ];
}

async function startApiServer(layout: Layout, program: Program): Promise<RunningProcess> {
  const apiserver = start(layout, 'apiserver', { program, args: apiserverArgs(layout) });
  await awaitReady(
    apiserver,
    async () => {
      const caData = await readFile(layout.caFile, 'utf8');
      const token = (await readFile(layout.tokenFile, 'utf8')).split(',')[0] ?? '';
      const api = new ApiClient({ server: `https://127.0.0.1:${layout.port}`, caData, token });
      try {
        return (await api.get('/readyz')).status === 200;
      } finally {
        await api.close();
      }
    },
    60_000,
  );
  return apiserver;
}

function startControllers(layout: Layout, programs: Programs, kubeconfigPath: string): RunningProcess[] {
  const running: RunningProcess[] = [];
  const launch = (name: string, program: Program | null, args: string[]) => {
    if (program) running.push(start(layout, name, { program, args }));
  };
  const common = [`--kubeconfig=${kubeconfigPath}`, '--leader-elect=false'];
  launch('controller-manager', programs.controllerManager, [
    ...common,
    '--secure-port=0',
    `--service-account-private-key-file=${layout.key.privateKey}`,
    `--root-ca-file=${layout.caFile}`,
  ]);
  launch('scheduler', programs.scheduler, [...common, '--secure-port=0']);
  if (programs.kwok) {
    launch('kwok', { ...programs.kwok, args: [layout.folder] }, [
      `--kubeconfig=${kubeconfigPath}`,
      '--manage-all-nodes=true',
      `--server-address=127.0.0.1:${layout.kwokPort}`,
    ]);
  }
  return running;
}

async function awaitNodes(api: ApiClient): Promise<void> {
  for (const name of NODES) {
    const labels = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', type: 'kwok' };
    await api.create('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } });
  }
  await eventually(
    'nodes are ready and pods may be created',
    async () => {
      const nodes = itemsAt((await api.get('/api/v1/nodes')).json, 'items');
      const ready = nodes.filter(
        (node) =>
          itemsAt(node, 'spec.taints').length === 0 &&
          itemsAt(node, 'status.conditions').some((one) => one['type'] === 'Ready' && one['status'] === 'True'),
      );
      const account = await api.get('/api/v1/namespaces/default/serviceaccounts/default');
      return ready.length >= NODES.length && account.status === 200;
    },
    60_000,
  );
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Drops etcd's history through its HTTP gateway. */
async function compactEtcd(url: string): Promise<void> {
  const call = async (action: string, body: unknown): Promise<string> => {
    const reply = await fetch(`${url}/v3/kv/${action}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`etcd ${action}: ${reply.status} ${text}`);
    return text;
  };
  const range = await call('range', { key: base64('x') });
  const revision = /"revision":"(\d+)"/.exec(range)?.[1];
  if (revision === undefined) throw new Error(`etcd range: no revision in ${range}`);
  await call('compaction', { revision, physical: true });
  // The API server learns from this key what history is gone, and then drops its own snapshots too.
  await call('put', { key: base64('compact_rev_key'), value: base64(revision) });
}

async function prepareLayout(folder: string, options: ControlPlaneOptions): Promise<Layout> {
  await mkdir(path.join(folder, 'etcd'), { recursive: true, mode: 0o700 });
  const [etcd, peer, kwok, port] = await freePorts(4);
  return {
    folder,
    etcdUrl: `http://127.0.0.1:${etcd}`,
    etcdPeerUrl: `http://127.0.0.1:${peer}`,
    port: options.port ?? port ?? 0,
    kwokPort: kwok ?? 0,
    key: await ensureServiceAccountKey(folder),
    tokenFile: path.join(folder, 'tokens.csv'),
    caFile: path.join(folder, 'certificates', 'apiserver.crt'),
  };
}

/**
 * Starts a cluster of its own. Builds the programs on first use; throws with the end of the log of
 * whatever did not become ready, after ending the rest.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const programs = await preparePrograms();
  const folder = options.dataDir
    ? path.resolve(options.dataDir)
    : await mkdtemp(path.join(tmpdir(), 'quarterdeck-control-plane-'));
  const layout = await prepareLayout(folder, options);
  const users = allUsers(options.users ?? []);
  const tokens = await writeTokens(layout.tokenFile, users);
  const running: RunningProcess[] = [];
  const stop = async () => {
    for (const process of running.splice(0).toReversed()) await process.stop(1500);
    if (!options.dataDir) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    running.push(await startEtcd(layout, programs.etcd));
    running.push(await startApiServer(layout, programs.apiserver));
    const server = `https://127.0.0.1:${layout.port}`;
    const caData = await readFile(layout.caFile, 'utf8');
    const kubeconfigFor = (user: string) => {
      const token = tokens[user];
      if (token === undefined) throw new Error(`No user ${user} in this control plane; name it in options.users`);
      return kubeconfigText({ context: options.name ?? 'control-plane', server, caData, token });
    };
    const kubeconfigPath = path.join(folder, 'kubeconfig.yaml');
    await writeFile(kubeconfigPath, kubeconfigFor(ADMIN), { mode: 0o600 });
    const api = new ApiClient({ server, caData, token: tokens[ADMIN] ?? '' });
    const controllers = options.controllers !== false && programs.controllerManager !== null && programs.kwok !== null;
    try {
      await grantRules(api, users);
      if (controllers) {
        running.push(...startControllers(layout, programs, kubeconfigPath));
        await awaitNodes(api);
      }
    } finally {
      await api.close();
    }
    return {
      server,
      port: layout.port,
      caData,
      token: tokens[ADMIN] ?? '',
      viewerToken: tokens[VIEWER] ?? '',
      tokens,
      kubeconfig: kubeconfigFor(ADMIN),
      kubeconfigPath,
      kubeconfigFor,
      controllers,
      compact: () => compactEtcd(layout.etcdUrl),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
