import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import type { ApplicationInput, ApplicationView } from '#lib/contracts/applications.ts';
import type { ClusterView } from '#lib/contracts/clusters.ts';
import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import type { RepositoryView } from '#lib/contracts/repositories.ts';
import { parseEnv } from '#lib/config/env.ts';
import type { JobRequest } from '#lib/database/queue.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { listAt, objectAt } from '#lib/domain/resource/json.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { isManifest } from '#lib/domain/resource/parse.ts';
import { type Child, startChild } from '#lib/launcher/child.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { type SandboxCluster, type SandboxClusters, startSandboxClusters } from '#lib/sandbox/kubernetes/start.ts';
import { createApplication } from '#lib/services/applications/create.ts';
import { getApplication } from '#lib/services/applications/get.ts';
import { createCluster } from '#lib/services/clusters/create.ts';
import { listClusters } from '#lib/services/clusters/list.ts';
import type { Actor, Context } from '#lib/services/context.ts';
import { getOperation } from '#lib/services/operations/get.ts';
import { requestOperation } from '#lib/services/operations/request.ts';
import { terminateOperation } from '#lib/services/operations/terminate.ts';
import { getPlan } from '#lib/services/plans/get.ts';
import { requestPlan } from '#lib/services/plans/request.ts';
import { createProject } from '#lib/services/projects/manage.ts';
import { createRepository } from '#lib/services/repositories/create.ts';
import { listRepositories } from '#lib/services/repositories/list.ts';
import { actAs, type House, openHouse } from '#lib/wiring.ts';
import { connectSandboxCluster } from './benchmark/sandbox-cluster.ts';

const run = promisify(execFile);
const PERSON: Actor = { kind: 'user', id: 'someone', name: 'Someone', role: 'admin' };
/** For tests that hold calls for as long as they like. */
export const PATIENT = { QUARTERDECK_CLUSTER_TIMEOUT: '120', QUARTERDECK_GIT_TIMEOUT: '120' };
export const root = path.resolve(import.meta.dirname, '..');

export interface WorldOptions {
  /** A migrated database; dropped by whoever made it. */
  databaseUrl: string;
  /** Names of simulated clusters, each registered. */
  clusters: string[];
  /** Of the worker processes. */
  env?: Record<string, string>;
}

/** How a cluster is reached. */
export type Address = Pick<SandboxCluster, 'server' | 'caData' | 'token'>;

export interface NewApplication {
  name: string;
  cluster: string;
  files: Record<string, string>;
  options?: ApplicationInput['source']['options'];
  /** Anything else of its declaration. */
  more?: Partial<Parameters<typeof createApplication>[1]>;
}

/** Real clusters over HTTPS, a real Git server, and worker processes as the launcher starts them, on one database. */
export class World {
  readonly git: SandboxGit;
  readonly folder: string;
  readonly house: House;
  readonly ctx: Context;
  readonly workers: Child[] = [];
  readonly env: Record<string, string>;
  readonly #sandbox: SandboxClusters;
  readonly #addresses = new Map<string, Address>();
  readonly #ids = { project: '', clusters: new Map<string, string>(), repositories: new Map<string, string>() };

  private constructor(parts: Pick<World, 'git' | 'folder' | 'house' | 'env'> & { sandbox: SandboxClusters }) {
    this.git = parts.git;
    this.folder = parts.folder;
    this.house = parts.house;
    this.env = parts.env;
    this.#sandbox = parts.sandbox;
    this.ctx = actAs(parts.house, PERSON, 'faults');
  }

  static async open(options: WorldOptions): Promise<World> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-faults-'));
    const env = {
      NODE_ENV: 'production',
      DATABASE_URL: options.databaseUrl,
      QUARTERDECK_DATA_DIR: folder,
      QUARTERDECK_ALLOW_HTTP_GIT: 'on',
      ...options.env,
    };
    const [git, sandbox, house] = await Promise.all([
      startSandboxGit({ dataDir: path.join(folder, 'git'), stories: [] }),
      startSandboxClusters({ names: options.clusters }),
      openHouse(parseEnv(env), 'quarterdeck-faults'),
    ]);
    const world = new World({ git, folder, house, env, sandbox });
    await world.#register();
    return world;
  }

  async #register(): Promise<void> {
    this.#ids.project = (await createProject(this.ctx, { name: 'shop' })).id;
    for (const cluster of this.#sandbox.clusters) await this.register(cluster);
  }

  /** Registers one more cluster. */
  async register({ name, server, caData, token }: Address & { name: string }): Promise<void> {
    const credential = { kind: 'token' as const, token };
    const { id } = await createCluster(this.ctx, { name, server, caData, credential });
    this.#ids.clusters.set(name, id);
    this.#addresses.set(name, { server, caData, token });
  }

  /** Starts one more worker process. */
  async startWorker(): Promise<Child> {
    const name = `worker-${this.workers.length}`;
    const worker = await startChild({
      name,
      program: 'lib/workers/main.ts',
      env: this.env,
      log: path.join(this.folder, `${name}.log`),
      readyTimeoutMs: 60_000,
    });
    this.workers.push(worker);
    return worker;
  }

  /** What the workers said so far. */
  async log(): Promise<string> {
    const files = this.workers.map((worker) => readFile(path.join(this.folder, `${worker.name}.log`), 'utf8'));
    return (await Promise.all(files)).join('');
  }

  cluster(name: string): SandboxCluster {
    const found = this.#sandbox.clusters.find((one) => one.name === name);
    if (!found) throw new Error(`no cluster ${name}`);
    return found;
  }

  clusterId(name: string): string {
    return this.#ids.clusters.get(name) ?? '';
  }

  repositoryId(name: string): string {
    return this.#ids.repositories.get(name) ?? '';
  }

  /** An application of its own repository and namespace, all of one name; answers its id. */
  async application({ name, cluster, files, options = {}, more = {} }: NewApplication): Promise<string> {
    const url = await this.git.createRepository(name);
    await this.git.pushCommit({ repository: name, subject: 'Begin', files });
    const credential = { kind: 'https-token' as const, username: 'git', token: this.git.token };
    const repository = await createRepository(this.ctx, { name, url, credential, pollIntervalSeconds: 3_600 });
    this.#ids.repositories.set(name, repository.id);
    const { id } = await createApplication(this.ctx, {
      name,
      projectId: this.#ids.project,
      clusterId: this.clusterId(cluster),
      namespace: name,
      source: { repositoryId: repository.id, targetRevision: 'main', path: 'app', options },
      ...more,
    });
    return id;
  }

  /** Commits to an application's repository, and tells of it as a webhook does. */
  async push(
    name: string,
    files: Record<string, string | null>,
    more: { links?: Record<string, string>; parent?: string } = {},
  ): Promise<string> {
    const { after } = await this.git.pushCommit({ repository: name, subject: 'Change', files, ...more });
    await this.fetch(name);
    return after;
  }

  fetch(name: string): Promise<void> {
    return this.enqueue({ kind: 'fetch', key: this.repositoryId(name) });
  }

  enqueue(...jobs: JobRequest[]): Promise<void> {
    return inTransaction(this.house.database, async ({ enqueue }) => enqueue(...jobs));
  }

  /** A merge patch of an object, as somebody with kubectl sends it. */
  async edit(cluster: string | Address, where: string, patch: object): Promise<void> {
    await this.#call(cluster, 'PATCH', `${where}?fieldManager=kubectl-edit`, patch);
  }

  /** Makes an object the way a field manager that applies from the client's side does. */
  async create(
    cluster: string,
    where: string,
    { object, manager }: { object: object; manager: string },
  ): Promise<void> {
    await this.#call(cluster, 'POST', `${where}?fieldManager=${manager}`, object);
  }

  /** A deletion, as somebody with kubectl asks for it. */
  async remove(cluster: string | Address, where: string): Promise<void> {
    await this.#call(cluster, 'DELETE', where);
  }

  /** The objects of a list, or those of one name. */
  async list(cluster: string, where: string, name?: string): Promise<Manifest[]> {
    const answer = await this.#call(cluster, 'GET', where);
    const items = listAt(answer, 'items').map((item) => ({ apiVersion: '', kind: '', ...objectAt(item) }));
    return items.filter(isManifest).filter(({ metadata }) => name === undefined || metadata.name === name);
  }

  async #call(cluster: string | Address, method: string, where: string, body?: object): Promise<unknown> {
    const address = typeof cluster === 'string' ? this.#addresses.get(cluster) : cluster;
    if (!address) throw new Error('no such cluster');
    const { server, caData, token } = address;
    const connection = connectSandboxCluster({ server, ca: caData, token });
    try {
      return await connection.call(method, where, body);
    } finally {
      connection.close();
    }
  }

  view(id: string): Promise<ApplicationView> {
    return getApplication(this.ctx, { id });
  }

  async clusterView(name: string): Promise<ClusterView> {
    const found = (await listClusters(this.ctx)).find((one) => one.name === name);
    if (!found) throw new Error(`no cluster ${name}`);
    return found;
  }

  async repositoryView(name: string): Promise<RepositoryView> {
    const found = (await listRepositories(this.ctx)).find((one) => one.name === name);
    if (!found) throw new Error(`no repository ${name}`);
    return found;
  }

  /** A computed plan, ready or failed. */
  async plan(id: string, input: PlanInput = { kind: 'sync', prune: false }): Promise<PlanView> {
    const { id: planId } = await requestPlan(this.ctx, { applicationId: id, input });
    return until(
      () => getPlan(this.ctx, { id: planId }),
      (plan) => plan.state !== 'computing',
    );
  }

  /** Answers the operation's id. */
  async click(id: string, plan: PlanView, typedName?: string): Promise<string> {
    if (plan.hash === null) throw new Error(`the plan failed: ${plan.error ?? ''}`);
    const input = { planId: plan.id, planHash: plan.hash, ...(typedName === undefined ? {} : { typedName }) };
    return (await requestOperation(this.ctx, { applicationId: id, input })).id;
  }

  operation(id: string): Promise<OperationView> {
    return getOperation(this.ctx, { id });
  }

  async terminate(id: string): Promise<void> {
    await terminateOperation(this.ctx, { id });
  }

  finished(id: string): Promise<OperationView> {
    return until(
      () => this.operation(id),
      (operation) => operation.finishedAt !== null,
    );
  }

  /** Waits for the first render, syncs, and waits until it is Synced. */
  async deploy(id: string): Promise<OperationView> {
    await until(
      () => this.view(id),
      (view) => view.target !== null,
    );
    const done = await this.finished(await this.click(id, await this.plan(id)));
    await until(
      () => this.view(id),
      (view) => view.sync === 'Synced',
    );
    return done;
  }

  /** `sha subject` of a repository's main, newest first. */
  async gitLog(name: string): Promise<string[]> {
    const directory = path.join(this.folder, 'git', `${name}.git`);
    const { stdout } = await run('git', ['--git-dir', directory, 'log', '--format=%H %s', 'main']);
    return stdout.trim().split('\n');
  }

  /** `verb outcome` of an application's audit, oldest first. */
  async audit(id: string): Promise<string[]> {
    const { prisma } = this.house.database;
    const rows = await prisma.auditEvent.findMany({ where: { targetId: id }, orderBy: { sequence: 'asc' } });
    return rows.map((row) => `${row.verb} ${row.outcome}`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await Promise.all([this.git.stop(), this.#sandbox.stop(), this.house.database.close()]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Asks until the answer holds; at the deadline the last answer is the error. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  holds: (answer: Answer) => boolean,
  timeout = 60_000,
): Promise<Answer> {
  return vi.waitFor(
    async () => {
      const answer = await ask();
      if (!holds(answer)) throw new Error(`still ${JSON.stringify(answer).slice(0, 1_500)}`);
      return answer;
    },
    { timeout, interval: 25 },
  );
}

/** A ConfigMap as text. */
export function configMap(name: string, data: Record<string, string>): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })}\n`;
}
