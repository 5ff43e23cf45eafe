import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureTools } from '#lib/adapters/render/tools.ts';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { createAuthority } from '#lib/sandbox/kubernetes/tls.ts';
import { type SandboxClusters, startSandboxClusters } from '#lib/sandbox/kubernetes/start.ts';
import { type Canary, canaryOf, newCanary } from '#lib/testing/canaries.ts';
import { ApiSession, until } from '../api-session.ts';
import { ADMIN, type Product, startProduct } from '../product.ts';
import { type EchoingServer, startEchoingServer } from './echoing-server.ts';

const run = promisify(execFile);
export const REPOSITORY = 'canary';
export const NAMESPACE = 'vault';

/** Values that look harmless in one spelling and must be masked in all. */
const awkward = (core: string) => `p"ss\\ ${core}/+&=%\nsecond ${core}`;

export function makeCanaries() {
  const pem = () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    data: newCanary('data of a Secret'),
    text: newCanary('stringData of a Secret', awkward),
    listed: newCanary('a Secret in a List'),
    frozen: newCanary('an immutable Secret'),
    thawed: newCanary('the new value of an immutable Secret'),
    pruned: newCanary('a pruned Secret'),
    drifted: newCanary('a Secret edited by hand', awkward),
    child: newCanary('a Secret that a managed object owns'),
    refusedInPlan: newCanary('a Secret refused by dry run', awkward),
    refusedInSync: newCanary('a Secret refused by the sync', awkward),
    chart: newCanary('a value of a chart'),
    chartError: newCanary('a value that a template quotes'),
    literal: newCanary('a literal of a secretGenerator'),
    literalError: newCanary('a literal that kustomize quotes'),
    patchError: newCanary('a patch that kustomize quotes'),
    broken: newCanary('a Secret in broken YAML'),
    wrongToken: newCanary('a token that the Git server refuses'),
    urlToken: newCanary('a token in a URL'),
    password: newCanary('the password of the admin'),
    wrongPassword: newCanary('a password that is wrong'),
    metricsToken: newCanary('the token of the metrics'),
    sshKey: canaryOf('an ssh key', pem()),
    encryptionKey: canaryOf('the encryption key', randomBytes(32).toString('base64')),
  };
}
export type Canaries = ReturnType<typeof makeCanaries>;

export interface CanaryWorld {
  canaries: Canaries;
  /** A certificate and its key, which is a canary too. */
  client: { certificate: string; key: string };
  /** Those above, and what the world made by itself: tokens, the database's password, the session. */
  all: Canary[];
  /** Adds one that the product itself made. */
  keep(name: string, value: string): void;
  product: Product;
  /** Temporary folder of the product's processes. */
  scratch: string;
  databaseUrl: string;
  admin: ApiSession;
  git: SandboxGit;
  clusters: SandboxClusters;
  echoing: EchoingServer;
  push(subject: string, files: Record<string, string | null>): Promise<{ after: string }>;
  kubectl(args: string[], input?: string): Promise<string>;
  stop(): Promise<void>;
}

/** A product of its own that logs everything, a cluster that quotes what it refuses, and a Git server. */
export async function startCanaryWorld(): Promise<CanaryWorld> {
  const canaries = makeCanaries();
  const client = await createAuthority(Date.now());
  const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-canary-'));
  const scratch = path.join(folder, 'scratch');
  await mkdir(scratch);
  // Started by root, PostgreSQL runs as another user, who makes its database with a file in here.
  await Promise.all([chmod(folder, 0o755), chmod(scratch, 0o1777)]);
  const [product, clusters, git, tools] = await Promise.all([
    startProduct({
      env: {
        TMPDIR: scratch,
        QUARTERDECK_SANDBOX: 'off',
        QUARTERDECK_ALLOW_HTTP_GIT: 'on',
        QUARTERDECK_LOG_LEVEL: 'trace',
        QUARTERDECK_ADMIN_PASSWORD: canaries.password.value,
        QUARTERDECK_ENCRYPTION_KEY: canaries.encryptionKey.value,
        QUARTERDECK_METRICS_TOKEN: canaries.metricsToken.value,
      },
    }),
    startSandboxClusters({ names: ['vault'] }),
    startSandboxGit({ dataDir: path.join(folder, 'git') }),
    ensureTools(path.join(folder, 'tools')),
  ]);
  const [cluster] = clusters.clusters;
  if (!cluster) throw new Error('The simulated cluster did not start.');
  const echoing = await startEchoingServer(cluster);
  const kubeconfig = path.join(folder, 'kubeconfig');
  await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
  await git.createRepository(REPOSITORY);
  const admin = await ApiSession.signIn(product.url, { email: ADMIN.email, password: canaries.password.value });
  const postgres = await databaseOf(product.dataDirectory);
  const all = [
    ...Object.values(canaries),
    canaryOf('the key of a client certificate', client.key),
    canaryOf('the token of the cluster', cluster.token),
    canaryOf('the token of the repository', git.token),
    canaryOf('the password of the database', postgres.password),
    // The part before the dot is the session's id in the database; the signature is what makes it valid.
    canaryOf('the session cookie', decodeURIComponent(admin.cookie).split('.').at(-1) ?? ''),
  ];
  return {
    canaries,
    client,
    all,
    keep: (name, value) => void all.push(canaryOf(name, value)),
    product,
    scratch,
    databaseUrl: postgres.url,
    admin,
    git,
    clusters,
    echoing,
    push: (subject, files) => git.pushCommit({ repository: REPOSITORY, subject, files }),
    async kubectl(args, input) {
      const running = run(tools.kubectl, ['--kubeconfig', kubeconfig, '-n', NAMESPACE, ...args]);
      running.child.stdin?.end(input ?? '');
      return (await running).stdout;
    },
    async stop() {
      await product.dispose();
      await echoing.stop();
      await Promise.all([clusters.stop(), git.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function databaseOf(dataDirectory: string): Promise<{ url: string; password: string }> {
  const folder = path.join(dataDirectory, 'postgres');
  const password = (await readFile(path.join(folder, 'password'), 'utf8')).trim();
  const port = (await readFile(path.join(folder, 'data/postmaster.pid'), 'utf8')).split('\n')[3]?.trim() ?? '';
  return { url: `postgresql://quarterdeck:${password}@127.0.0.1:${port}/quarterdeck`, password };
}

/** One application by what a script would do with it. */
export class Steering {
  readonly id: string;
  readonly #admin: ApiSession;

  constructor(admin: ApiSession, id: string) {
    this.#admin = admin;
    this.id = id;
  }

  view(): Promise<ApplicationView> {
    return this.#admin.call('GET', `/api/v1/applications/${this.id}`);
  }

  async settled(what: string, holds: (view: ApplicationView) => boolean): Promise<ApplicationView> {
    return (await until(what, () => this.view(), { holds })).answer;
  }

  async refresh(): Promise<void> {
    await this.#admin.call('POST', `/api/v1/applications/${this.id}/refresh`);
  }

  async plan(input: PlanInput): Promise<PlanView> {
    const { id } = await this.#admin.call<PlanView>('POST', `/api/v1/applications/${this.id}/plans`, input);
    const ask = () => this.#admin.call<PlanView>('GET', `/api/v1/plans/${id}`);
    return (await until('the plan', ask, { holds: (view) => view.state !== 'computing' })).answer;
  }

  async operate(input: PlanInput): Promise<OperationView> {
    const view = await this.plan(input);
    const click = { planId: view.id, planHash: view.hash };
    const path_ = `/api/v1/applications/${this.id}/operations`;
    const { id } = await this.#admin.call<OperationView>('POST', path_, click);
    const ask = () => this.#admin.call<OperationView>('GET', `/api/v1/operations/${id}`);
    return (await until('the operation', ask, { holds: (one) => one.finishedAt !== null })).answer;
  }
}
