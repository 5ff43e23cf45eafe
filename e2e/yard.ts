import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runGit } from '#lib/sandbox/git/run-git.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { type SandboxCluster, startSandboxClusters } from '#lib/sandbox/kubernetes/start.ts';
import type { ApiSession } from './api-session.ts';
import { Application } from './application.ts';
import { ApiClient } from './controlplane/api-client.ts';
import { deployment } from './manifests.ts';

/** What a yard's application is launched with. */
export interface Launch {
  /** Beside its Deployment, by path. */
  files?: Record<string, string>;
  image?: string;
  replicas?: number;
  syncPolicy?: { automated: boolean; selfHeal: boolean };
}

/** A simulated cluster and a Git server of the tests' own, registered with the product: the demonstration stays as it is. */
export interface Yard {
  cluster: SandboxCluster;
  git: SandboxGit;
  clusterName: string;
  projectName: string;
  ids: { cluster: string; project: string };
  /** A new application with a repository, a namespace and a Deployment of its name; synced unless told otherwise. */
  launch(name: string, options?: Launch & { synced?: boolean }): Promise<Ship>;
  stop(): Promise<void>;
}

/** One application of the yard, with hands on its repository and on its cluster. */
export class Ship extends Application {
  readonly name: string;
  readonly #yard: Pick<Yard, 'cluster' | 'git'>;
  readonly #repository: string;

  constructor(
    session: ApiSession,
    id: string,
    place: { name: string; yard: Pick<Yard, 'cluster' | 'git'>; folder: string },
  ) {
    super(session, id);
    this.name = place.name;
    this.#yard = place.yard;
    this.#repository = path.join(place.folder, 'git', `${place.name}.git`);
  }

  /** Commits another image or count; the webhook tells the product. Answers the SHA. */
  async commit(subject: string, { image = '1.0.0', replicas = 2, files: more = {} }: Launch): Promise<string> {
    const files = {
      ...more,
      'deploy/app.yaml': deployment(this.name, `registry.example/${this.name}:${image}`, replicas),
    };
    return (await this.#yard.git.pushCommit({ repository: this.name, subject, files })).after;
  }

  /** The same, waited for until the product targets it. */
  async commitSeen(subject: string, change: Launch): Promise<string> {
    const sha = await this.commit(subject, change);
    await this.until(`commit ${subject}`, (view) => view.target?.sha === sha && view.sync !== 'Unknown');
    return sha;
  }

  /** What somebody with `kubectl scale` does. */
  async scale(replicas: number): Promise<void> {
    await this.#call((client) =>
      client.patch(this.#object, {
        type: 'merge',
        body: { spec: { replicas } },
        query: { fieldManager: 'kubectl' },
      }),
    );
  }

  async liveReplicas(): Promise<number> {
    const spec = (await this.#call((client) => client.get(this.#object))).json['spec'];
    return typeof spec === 'object' && spec !== null && 'replicas' in spec ? Number(spec.replicas) : Number.NaN;
  }

  /** What git answers in the bare repository on the server. */
  gitOutput(...args: string[]): Promise<string> {
    return runGit(this.#repository, args);
  }

  get #object(): string {
    return `/apis/apps/v1/namespaces/${this.name}/deployments/${this.name}`;
  }

  async #call<Answer extends { status: number; text: string }>(ask: (client: ApiClient) => Promise<Answer>) {
    const client = new ApiClient(this.#yard.cluster);
    try {
      const answer = await ask(client);
      if (answer.status >= 300) throw new Error(`The cluster answered ${answer.status}: ${answer.text}`);
      return answer;
    } finally {
      await client.close();
    }
  }
}

export async function openYard(admin: ApiSession): Promise<Yard> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-yard-'));
  const suffix = Date.now().toString(36);
  const clusterName = `yard-${suffix}`;
  const clusters = await startSandboxClusters({ names: [clusterName], readyDelayMs: 100 });
  const git = await startSandboxGit({ dataDir: path.join(folder, 'git') });
  const [cluster] = clusters.clusters;
  if (cluster === undefined) throw new Error('The yard has no cluster.');
  const { server, caData, token } = cluster;
  const registered = await admin.call<{ id: string }>('POST', '/api/v1/clusters', {
    name: clusterName,
    server,
    caData,
    credential: { kind: 'token', token },
    labels: { environment: 'yard' },
  });
  const project = await admin.call<{ id: string }>('POST', '/api/v1/projects', { name: clusterName });
  const ids = { cluster: registered.id, project: project.id };
  const launched = new Map<string, number>();
  /** Two journeys may think of one name: the second ship of it gets a number. */
  const nameOf = (wish: string) => {
    const count = (launched.get(wish) ?? 0) + 1;
    launched.set(wish, count);
    return count === 1 ? `${wish}-${suffix}` : `${wish}-${count}-${suffix}`;
  };
  return {
    cluster,
    git,
    clusterName,
    projectName: clusterName,
    ids,
    launch: (name, options = {}) => launch({ admin, cluster, git, folder, ids }, { name: nameOf(name), ...options }),
    async stop() {
      await Promise.all([clusters.stop(), git.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Slip extends Pick<Yard, 'cluster' | 'git' | 'ids'> {
  admin: ApiSession;
  folder: string;
}

async function launch(slip: Slip, order: Launch & { name: string; synced?: boolean }): Promise<Ship> {
  const { admin, git, cluster, folder, ids } = slip;
  const { name } = order;
  const url = await git.createRepository(name);
  const image = `registry.example/${name}:${order.image ?? '1.0.0'}`;
  const files = { 'deploy/app.yaml': deployment(name, image, order.replicas ?? 2), 'README.md': `# ${name}\n` };
  await git.pushCommit({ repository: name, subject: `Launch ${name}`, files });
  const repository = await admin.call<{ id: string }>('POST', '/api/v1/repositories', {
    name,
    url,
    credential: { kind: 'https-token', token: git.token },
    // So long that only the webhook can be what makes a commit known.
    pollIntervalSeconds: 86_400,
  });
  const hook = await admin.call<{ secret: string; urls: { github: string } }>(
    'POST',
    `/api/v1/repositories/${repository.id}/webhook-secret`,
  );
  git.addWebhook({
    url: new URL(new URL(hook.urls.github).pathname, admin.url).href,
    secret: hook.secret,
    repository: name,
  });
  const policy = { automated: false, selfHeal: false, prune: false, allowEmpty: false, createNamespace: true };
  const { id } = await admin.call<{ id: string }>('POST', '/api/v1/applications', {
    name,
    projectId: ids.project,
    clusterId: ids.cluster,
    namespace: name,
    source: { repositoryId: repository.id, targetRevision: 'main', path: 'deploy' },
    syncPolicy: { ...policy, ...order.syncPolicy },
  });
  const ship = new Ship(admin, id, { name, yard: { cluster, git }, folder });
  await ship.until('a comparison', (view) => view.target !== null && view.sync !== 'Unknown');
  if (order.synced !== false) {
    await ship.sync();
    await ship.atRest();
  }
  return ship;
}
