import { randomBytes } from 'node:crypto';
import type { Server } from 'node:https';
import path from 'node:path';
import { stringify } from 'yaml';
import { Cluster, type Fault, type Gate } from './cluster.ts';
import { runControllers } from './controllers/run.ts';
import { followDefinitions } from './crd/serve.ts';
import { seedCluster } from './seed.ts';
import { portOf, serveCluster } from './server.ts';
import { type ClusterRecord, readRecord, toClusterRecord, writeRecord } from './snapshot.ts';
import { bindStably } from '../stable-port.ts';
import { type Authority, createAuthority, issueCertificate } from './tls.ts';

/** What a test may do to a running cluster. */
export interface ClusterControl {
  /** `down`: connections are cut; `slow`: every answer waits; `expire-watches`: open watches end with 410 and none resumes. */
  setFault(fault: Fault): void;
  /** Serves a certificate that ended yesterday, or the good one again. */
  setExpiredCertificate(expired: boolean): Promise<void>;
  /** Forgets the history and ends open watches with 410. */
  expireHistory(): void;
  /** Holds requests one by one, to end a client at a chosen moment; absent = nobody. */
  setGate(gate: Gate | undefined): void;
  /** Accepts this token alone from now on; open watches go on, as on a real server. */
  setToken(token: string): void;
  /** Milliseconds until a pod is ready, also of those that are not yet. */
  setReadyDelay(milliseconds: number): void;
  /** Requests so far by verb (`get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`). */
  requests(): Record<string, number>;
  /** Numbers, rising, of the requests that a slow cluster has not answered and whose clients still wait. */
  unanswered(): number[];
  /** Open watch streams. */
  watches(): number;
}

export interface SandboxCluster {
  name: string;
  /** `https://127.0.0.1:PORT` */
  server: string;
  /** PEM of the authority that signed the server's certificate. */
  caData: string;
  token: string;
  kubeconfig: string;
  control: ClusterControl;
}

export interface SandboxClusters {
  clusters: SandboxCluster[];
  /** All clusters as contexts of one kubeconfig; the first is current. */
  kubeconfig: string;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  names: string[];
  /** Where ports, certificates, tokens and objects are kept; absent = nothing outlives the process. */
  dataDir?: string;
  /** Milliseconds until a pod is ready; default 600. */
  readyDelayMs?: number;
}

const SAVE_AFTER_MS = 1000;
const DEFAULT_READY_MS = 600;

interface Running {
  cluster: Cluster;
  server: Server;
  authority: Authority;
  identity: { certificate: string; key: string; token: string };
  port: number;
  save: () => Promise<void>;
  lookAgain: () => void;
  stop: () => Promise<void>;
}

interface Keys {
  authority: Authority;
  /** One certificate serves every cluster: they share the address and differ by port and token. */
  served: Authority;
}

async function loadPair(dataDir: string | undefined, name: string, make: () => Promise<Authority>): Promise<Authority> {
  const file = dataDir === undefined ? undefined : path.join(dataDir, `${name}.json`);
  const known = file === undefined ? undefined : await readRecord(file);
  if (typeof known?.['certificate'] === 'string' && typeof known['key'] === 'string') {
    return { certificate: known['certificate'], key: known['key'] };
  }
  const made = await make();
  if (file !== undefined) await writeRecord(file, made);
  return made;
}

async function loadKeys(dataDir: string | undefined): Promise<Keys> {
  const authority = await loadPair(dataDir, 'authority', () => createAuthority(Date.now()));
  const issue = (): Promise<Authority> => issueCertificate(authority, { now: Date.now(), expired: false });
  return { authority, served: await loadPair(dataDir, 'server', issue) };
}

async function loadCluster(file: string | undefined): Promise<ClusterRecord | undefined> {
  const raw = file === undefined ? undefined : await readRecord(file);
  return raw === undefined ? undefined : toClusterRecord(raw);
}

async function startCluster(name: string, options: SandboxOptions, keys: Keys): Promise<Running> {
  const { authority, served } = keys;
  const file =
    options.dataDir === undefined
      ? undefined
      : path.join(options.dataDir, 'clusters', `${encodeURIComponent(name)}.json`);
  const record = await loadCluster(file);
  const cluster = new Cluster(name, options.readyDelayMs ?? DEFAULT_READY_MS);
  if (record) cluster.restore(record);
  const identity = { ...served, token: record?.token ?? randomBytes(24).toString('base64url') };
  const serve = (at: number): Promise<Server> => serveCluster(cluster, identity, at);
  const server = await (file === undefined ? serve(0) : bindStably(serve, record?.port));
  const port = portOf(server);
  followDefinitions(cluster);
  seedCluster(cluster);
  const controllers = runControllers(cluster);
  const save = async (): Promise<void> => {
    if (file !== undefined) await writeRecord(file, { port, token: identity.token, ...cluster.store.dump() });
  };
  const saver = autosave(cluster, file === undefined ? undefined : save);
  const stop = async (): Promise<void> => {
    controllers.stop();
    await saver.stop();
    for (const end of cluster.openWatches) end('close');
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await save();
  };
  return { cluster, server, authority, identity, port, save, lookAgain: () => controllers.lookAgain(), stop };
}

/** Saves once things have been quiet, one write at a time. */
function autosave(cluster: Cluster, save: (() => Promise<void>) | undefined): { stop: () => Promise<void> } {
  if (!save) return { stop: () => Promise.resolve() };
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const stopListening = cluster.store.listen(undefined, () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      writing = writing.then(save);
    }, SAVE_AFTER_MS);
  });
  return {
    stop: async () => {
      stopListening();
      clearTimeout(timer);
      await writing;
    },
  };
}

function controlOf(running: Running): ClusterControl {
  const { cluster, server, authority, identity } = running;
  return {
    setFault: (fault) => {
      cluster.fault = fault;
      if (fault.kind === 'down') server.closeAllConnections();
      if (fault.kind === 'expire-watches') for (const end of cluster.openWatches) end('expire');
    },
    setExpiredCertificate: async (expired) => {
      const served = expired ? await issueCertificate(authority, { now: Date.now(), expired }) : identity;
      server.setSecureContext({ cert: served.certificate, key: served.key });
      server.closeAllConnections();
    },
    expireHistory: () => {
      cluster.store.tick();
      cluster.store.compact();
      for (const end of cluster.openWatches) end('expire');
    },
    setGate: (gate) => {
      cluster.gate = gate;
    },
    setToken: (token) => {
      identity.token = token;
    },
    setReadyDelay: (milliseconds) => {
      cluster.readyDelayMs = milliseconds;
      running.lookAgain();
    },
    requests: () => Object.fromEntries(cluster.requests),
    unanswered: () => [...cluster.unanswered],
    watches: () => cluster.openWatches.size,
  };
}

function kubeconfigOf(clusters: Omit<SandboxCluster, 'kubeconfig' | 'control'>[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.name ?? '',
    clusters: clusters.map(({ name, server, caData }) => ({
      name,
      cluster: { server, 'certificate-authority-data': Buffer.from(caData).toString('base64') },
    })),
    users: clusters.map(({ name, token }) => ({ name, user: { token } })),
    contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  });
}

/** Starts simulated API servers on loopback, all in this process. Each has its own store, token and port. */
export async function startSandboxClusters(options: SandboxOptions): Promise<SandboxClusters> {
  const keys = await loadKeys(options.dataDir);
  const running: Running[] = [];
  for (const name of options.names) running.push(await startCluster(name, options, keys));
  await Promise.all(running.map((one) => one.save()));
  const clusters = running.map((one) => {
    const bare = {
      name: one.cluster.name,
      server: `https://127.0.0.1:${one.port}`,
      caData: keys.authority.certificate,
      token: one.identity.token,
    };
    return { ...bare, kubeconfig: kubeconfigOf([bare]), control: controlOf(one) };
  });
  return {
    clusters,
    kubeconfig: kubeconfigOf(clusters),
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
