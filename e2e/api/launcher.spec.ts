import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { ensureTools } from '#lib/adapters/render/tools.ts';
import { SAMPLE_APPLICATIONS } from '#lib/sandbox/git/samples.ts';
import { startEmbeddedPostgres } from '#lib/sandbox/postgres/start.ts';
import { ApiSession, until } from '../api-session.ts';
import { ADMIN } from '../product.ts';

const run = promisify(execFile);
function fail(words: string): never {
  throw new Error(words);
}

const root = path.resolve(import.meta.dirname, '../..');

/** `npm start` as a terminal runs it: in a process group of its own. */
class Started {
  readonly child: ChildProcess;
  #words = '';

  constructor(env: Record<string, string>) {
    this.child = spawn('node', ['lib/launcher/bootstrap.mjs', 'start'], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', PORT: '0', ...env },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#words += chunk.toString('utf8');
      });
    }
  }

  get words(): string {
    return this.#words;
  }

  /** The console's URL, once everything is up. */
  async url(): Promise<string> {
    await until('the start', async () => this.words, {
      holds: (words) => words.includes('Ctrl+C ends everything') || this.child.exitCode !== null,
      timeoutMs: 240_000,
    });
    return /Quarterdeck\s+(http:\/\/\S+)/.exec(this.words)?.[1] ?? fail(this.words);
  }

  async ended(): Promise<number | null> {
    await until('the end', async () => this.child, {
      holds: ({ exitCode, signalCode }) => exitCode !== null || signalCode !== null,
    });
    return this.child.exitCode;
  }

  /** What a terminal sends: the signal to its whole process group. */
  async interrupt(): Promise<number | null> {
    process.kill(-(this.child.pid ?? 0), 'SIGINT');
    return this.ended();
  }
}

interface Process {
  pid: number;
  parent: number;
  command: string;
}

async function processes(): Promise<Process[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,stat=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith('Z') === true) return [];
    return [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }];
  });
}

async function familyOf(pid: number): Promise<Process[]> {
  const all = await processes();
  const family = all.filter((one) => one.pid === pid);
  for (const member of family) family.push(...all.filter((one) => one.parent === member.pid));
  return family;
}

async function expectGone(family: Process[]): Promise<void> {
  const left = async () => {
    const now = await processes();
    return family.filter(({ pid, command }) => now.some((one) => one.pid === pid && one.command === command));
  };
  await until('that nobody is left', left, { holds: (list) => list.length === 0, timeoutMs: 30_000 });
}

const member = (family: Process[], words: string): number =>
  family.find(({ command }) => command.includes(words))?.pid ?? fail(`no ${words} runs`);

const whole = (family: Process[]) =>
  ['start.ts', 'native/bin/postgres', 'quarterdeck-worker', 'web.ts'].map((words) => member(family, words));

interface Readiness {
  ready: boolean;
}

const readiness = (url: string) => async (): Promise<Readiness> => {
  const answer = await fetch(new URL('/api/health/ready', url)).catch(() => null);
  return answer === null ? { ready: false } : ((await answer.json()) as Readiness);
};

const sampleOf = (name: string) => SAMPLE_APPLICATIONS.find((sample) => sample.name === name);
/** The failing one waits for its health until its deadline. */
const SYNC_BY_STATE = {
  healthy: ['Synced'],
  pending: ['OutOfSync'],
  'hand-edited': ['OutOfSync'],
  failing: ['Syncing', 'Synced'],
};
const isWhereItEnds = (name: string, sync: string) =>
  SYNC_BY_STATE[sampleOf(name)?.state.kind ?? 'healthy'].includes(sync);

test.describe('npm start', () => {
  let folder: string;
  let settings: Record<string, string>;
  let running: Started | undefined;

  test.beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-launcher-'));
    // The embedded Postgres may run as another user, who must be able to enter.
    await chmod(folder, 0o755);
    settings = {
      QUARTERDECK_DATA_DIR: path.join(folder, 'data'),
      QUARTERDECK_ADMIN_EMAIL: ADMIN.email,
      QUARTERDECK_ADMIN_PASSWORD: ADMIN.password,
    };
  });
  test.afterEach(async () => {
    await running?.interrupt().catch(() => undefined);
    running = undefined;
  });
  test.afterAll(() => rm(folder, { recursive: true, force: true }));

  test('ends everything at Ctrl+C, and finds it as it was', async () => {
    test.setTimeout(400_000);
    const { kubectl } = await ensureTools(path.join(folder, 'tools'));
    const kubeconfig = path.join(folder, 'data/sandbox/kubeconfig');
    const ask = async (...args: string[]) => {
      const where = ['--kubeconfig', kubeconfig, '--context', 'dev', '-n', 'shop'];
      return (await run(kubectl, [...where, ...args])).stdout;
    };
    const note = 'jsonpath={.metadata.annotations.note}';

    running = new Started(settings);
    const first = await ApiSession.signIn(await running.url());
    const list = () => first.call<{ items: { id: string }[]; total: number }>('GET', '/api/v1/applications');
    const { answer: before } = await until('the demonstration', list, { holds: ({ total }) => total >= 8 });
    const annotate = () => ask('annotate', 'deployment', 'storefront', 'note=kept', '--overwrite').catch(String);
    await until('the storefront', annotate, { holds: (words) => words.includes('annotated') });
    const access = await readFile(kubeconfig, 'utf8');
    const family = await familyOf(running.child.pid ?? 0);
    expect(whole(family)).toHaveLength(4);
    expect(await running.interrupt()).toBe(0);
    await expectGone(family);
    expect(existsSync(path.join(folder, 'data/postgres/data/postmaster.pid'))).toBe(false);
    expect(existsSync(path.join(folder, 'data/launcher.pid'))).toBe(false);

    running = new Started(settings);
    const second = await ApiSession.signIn(await running.url());
    expect(running.words).not.toContain('First admin');
    expect(await readFile(kubeconfig, 'utf8')).toBe(access);
    expect(await ask('get', 'deployment', 'storefront', '-o', note)).toBe('kept');
    interface Row {
      id: string;
      name: string;
      sync: string;
      automated: boolean;
    }
    const rows = () => second.call<{ items: Row[]; total: number }>('GET', '/api/v1/applications');
    const settled = await until('the rest of the demonstration', rows, {
      holds: ({ items }) =>
        items.length === SAMPLE_APPLICATIONS.length &&
        items.every(
          ({ name, sync, automated }) =>
            isWhereItEnds(name, sync) && automated === (sampleOf(name)?.automated ?? false),
        ),
      timeoutMs: 120_000,
    });
    const ids = settled.answer.items.map(({ id }) => id);
    expect(before.items.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('starts again what ends by itself, and leaves nobody behind when it is killed', async () => {
    test.setTimeout(300_000);
    const quiet = { ...settings, QUARTERDECK_SANDBOX: 'off' };
    running = new Started(quiet);
    const url = await running.url();
    const before = await familyOf(running.child.pid ?? 0);
    for (const words of ['quarterdeck-worker', 'native/bin/postgres', 'web.ts'])
      process.kill(member(before, words), 'SIGKILL');
    const again = async () => {
      const family = await familyOf(running?.child.pid ?? 0).catch(() => []);
      const { ready } = await readiness(url)();
      return { ready, fresh: family.filter(({ pid }) => !before.some((one) => one.pid === pid)).length };
    };
    await until('a new worker, database and web process', again, { holds: ({ ready, fresh }) => ready && fresh >= 3 });
    expect(running.words).toContain('The worker ended by itself and is started again');
    await ApiSession.signIn(url);

    const family = await familyOf(running.child.pid ?? 0);
    process.kill(member(family, 'start.ts'), 'SIGKILL');
    await expectGone(family);
    running = new Started(quiet);
    await ApiSession.signIn(await running.url());
  });

  test('takes a database of your own, and starts none beside it', async () => {
    test.setTimeout(200_000);
    const server = await startEmbeddedPostgres(path.join(folder, 'own'), { durable: false });
    try {
      const data = path.join(folder, 'without');
      const own = { ...settings, DATABASE_URL: server.url, QUARTERDECK_SANDBOX: 'off', QUARTERDECK_DATA_DIR: data };
      running = new Started(own);
      const url = await running.url();
      await ApiSession.signIn(url);
      const family = await familyOf(running.child.pid ?? 0);
      expect(family.filter(({ command }) => /postgres|sandbox/.test(command))).toEqual([]);
      expect(existsSync(path.join(data, 'postgres'))).toBe(false);
      expect(existsSync(path.join(data, 'sandbox'))).toBe(false);
      await running.interrupt();
    } finally {
      await server.stop();
    }
  });

  test('says in one line why it does not start', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    const refused = async (env: Record<string, string>) => {
      running = new Started({ ...settings, ...env });
      expect(await running.ended()).toBe(1);
      return running.words.trim().split('\n').slice(1);
    };
    expect(await refused({ PORT: port })).toEqual([
      `127.0.0.1:${port} is taken by another program; stop it, or set PORT to another port (0 takes a free one).`,
    ]);
    taken.close();
    expect(await refused({ PORT: 'x', QUARTERDECK_ADMIN_PASSWORD: 'short' })).toEqual([
      'The environment is not valid:',
      '  PORT: must be a port number from 0 to 65535',
      '  QUARTERDECK_ADMIN_PASSWORD: must have at least 12 characters',
    ]);
    const build = run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', QUARTERDECK_SANDBOX: 'perhaps' },
    });
    await expect(build).rejects.toMatchObject({
      stderr: expect.stringContaining('QUARTERDECK_SANDBOX: must be "on" or "off"'),
    });
  });
});
