import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

import { bindStably } from '../stable-port.ts';
import { buildStory, createBare, readLabels } from './build-story.ts';
import { commitFiles, type SandboxCommit } from './commit.ts';
import { readRefs, runGit } from './run-git.ts';
import { SAMPLE_STORIES } from './samples.ts';
import { serveSmartHttp } from './smart-http.ts';
import { deliverPush, type SandboxPush, type SandboxWebhook } from './webhook.ts';

export interface SandboxGitOptions {
  /** Folder of the bare repositories, the token and the port; what is there is kept. */
  dataDir: string;
  /** Default: the port of the last start when it is free, so that registered URLs stay true; else any. */
  port?: number;
  /** Repositories that anyone may read without the token. */
  publicRepositories?: readonly string[];
  /** Called once per ref after a push or a {@link SandboxGit.pushCommit} was answered. */
  onPush?: (push: SandboxPush) => void;
  webhooks?: readonly SandboxWebhook[];
  /** Absent = the sample repositories; they take seconds to build. */
  stories?: typeof SAMPLE_STORIES;
}

export interface SampleRepository {
  name: string;
  url: string;
  /** Label of the story → SHA. */
  revisions: Record<string, string>;
}

export interface SandboxGit {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  token: string;
  repositories: SampleRepository[];
  /** Adds a listener for GitHub-style push events. */
  addWebhook(hook: SandboxWebhook): void;
  /** Commits on the server as a colleague would; listeners hear of it. */
  pushCommit(commit: SandboxCommit): Promise<{ ref: string; before: string; after: string }>;
  /** An empty repository; answers its URL. */
  createRepository(name: string): Promise<string>;
  deleteBranch(repository: string, branch: string): Promise<void>;
  /** `gone`: there is no such repository; `hanging`: no request for it is answered. */
  setFault(repository: string, fault: 'none' | 'gone' | 'hanging'): void;
  /** Holds the answer to every push that has arrived, to end a client right after it; absent = nobody. */
  setPushGate(gate: ((repository: string) => Promise<void>) | undefined): void;
  stop(): Promise<void>;
}

/** Starts the Git server on loopback; at the first start it builds the sample repositories. */
export async function startSandboxGit(options: SandboxGitOptions): Promise<SandboxGit> {
  const { dataDir, stories = SAMPLE_STORIES } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const directoryOf = (name: string): string => join(dataDir, `${name}.git`);
  for (const story of stories) {
    if (!(await exists(directoryOf(story.repository)))) await buildStory(directoryOf(story.repository), story);
  }
  const folders = (await readdir(dataDir)).filter((name) => name.endsWith('.git'));
  const known = new Set(folders.map((name) => name.slice(0, -'.git'.length)));
  const token = await remembered(join(dataDir, 'token'), () => randomBytes(24).toString('hex'));
  const hooks = [...(options.webhooks ?? [])];
  const queue = createQueue();
  const faults = createFaults();
  let url = '';
  const tell = (push: Omit<SandboxPush, 'url'>): void => {
    const event = { ...push, url: `${url}/${push.repository}.git` };
    options.onPush?.(event);
    void deliverPush(event, hooks);
  };
  const server = createServer((request, response) => {
    const served = serveSmartHttp(request, response, {
      token,
      directoryOf: (name) => (known.has(name) && !faults.isGone(name) ? directoryOf(name) : undefined),
      ...faults,
      isPublic: (name) => options.publicRepositories?.includes(name) ?? false,
      aroundPush: (name, push) => queue(name, () => watchRefs({ name, directory: directoryOf(name), tell }, push)),
    });
    served.catch(() => response.destroy());
  });
  const port = await listen(server, { dataDir, port: options.port });
  url = `http://127.0.0.1:${port}`;
  const repositories = await describeSamples(stories, { url, directoryOf });
  return {
    url,
    token,
    repositories,
    addWebhook: (hook) => void hooks.push(hook),
    pushCommit: (commit) =>
      queue(commit.repository, async () => {
        const moved = await commitFiles(directoryOf(commit.repository), commit);
        tell({ repository: commit.repository, ...moved });
        return moved;
      }),
    async createRepository(name) {
      if (!(await exists(directoryOf(name)))) await createBare(directoryOf(name));
      known.add(name);
      return `${url}/${name}.git`;
    },
    async deleteBranch(repository, branch) {
      await runGit(directoryOf(repository), ['update-ref', '-d', `refs/heads/${branch}`]);
    },
    ...faults,
    stop: () => close(server),
  };
}

function describeSamples(
  stories: typeof SAMPLE_STORIES,
  { url, directoryOf }: { url: string; directoryOf: (name: string) => string },
): Promise<SampleRepository[]> {
  const describe = async (story: (typeof SAMPLE_STORIES)[number]): Promise<SampleRepository> => ({
    name: story.repository,
    url: `${url}/${story.repository}.git`,
    revisions: await readLabels(directoryOf(story.repository), story),
  });
  return Promise.all(stories.map(describe));
}

function createFaults(): Pick<SandboxGit, 'setFault' | 'setPushGate'> & {
  isGone: (repository: string) => boolean;
  isHanging: (repository: string) => boolean;
  pushed: (repository: string) => Promise<void>;
} {
  const faults = new Map<string, 'none' | 'gone' | 'hanging'>();
  let pushGate: ((repository: string) => Promise<void>) | undefined;
  return {
    isGone: (repository) => faults.get(repository) === 'gone',
    isHanging: (repository) => faults.get(repository) === 'hanging',
    pushed: async (repository) => pushGate?.(repository),
    setFault: (repository, fault) => void faults.set(repository, fault),
    setPushGate: (gate) => {
      pushGate = gate;
    },
  };
}

/** Compares the refs before and after a push and tells each that moved. */
async function watchRefs(
  repository: { name: string; directory: string; tell: (push: Omit<SandboxPush, 'url'>) => void },
  push: () => Promise<void>,
): Promise<void> {
  const zero = '0'.repeat(40);
  const before = await readRefs(repository.directory);
  await push();
  const after = await readRefs(repository.directory);
  for (const ref of new Set([...before.keys(), ...after.keys()])) {
    const moved = { ref, before: before.get(ref) ?? zero, after: after.get(ref) ?? zero };
    if (moved.before !== moved.after) repository.tell({ repository: repository.name, ...moved });
  }
}

function createQueue(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(work);
    tails.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

async function listen(server: Server, wish: { dataDir: string; port: number | undefined }): Promise<number> {
  const file = join(wish.dataDir, 'port');
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const known = Number.isInteger(last) && last > 0 ? last : undefined;
  const at = (port: number): Promise<number> => bind(server, port);
  const port = await (wish.port === undefined ? bindStably(at, known) : at(wish.port));
  await writeFile(file, String(port), { mode: 0o600 });
  return port;
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function remembered(file: string, make: () => string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return known;
  const made = make();
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
