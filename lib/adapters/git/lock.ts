import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

import { SourceError } from '#lib/ports/source.ts';

/** A holder refreshes its lock this often; one that stopped for longer than STALE_MS is taken for dead. */
const REFRESH_MS = 5_000;
const STALE_MS = 30_000;
const POLL_MS = 25;

/** Runs work one after the other per key: in this process by a queue, between processes by a lock file. */
export interface MutualExclusion {
  run<T>(key: string, lockFile: string, work: () => Promise<T>): Promise<T>;
}

/** `waitMs` bounds how long another process may keep us waiting; after it SourceError 'timeout'. */
export function createMutualExclusion(waitMs: number): MutualExclusion {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, lockFile, work) => {
      const before = tails.get(key) ?? Promise.resolve();
      const turn = before.then(() => withLockFile(lockFile, waitMs, work));
      const settled = turn.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, settled);
      void settled.finally(() => {
        if (tails.get(key) === settled) tails.delete(key);
      });
      return turn;
    },
  };
}

async function withLockFile<T>(file: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const token = `${hostname()} ${process.pid} ${randomUUID()}`;
  await acquire(file, token, waitMs);
  const heartbeat = setInterval(() => {
    const now = new Date();
    void utimes(file, now, now).catch(() => undefined);
  }, REFRESH_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readText(file)) === token) await rm(file, { force: true });
  }
}

async function acquire(file: string, token: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    if (await create(file, token)) return;
    if (await isStale(file)) await clearStale(file);
    else if (Date.now() > deadline) {
      throw new SourceError('timeout', 'Another process is still working on this repository; it will be tried again.');
    } else await pause(POLL_MS);
  }
}

async function create(file: string, content: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'wx', 0o600);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  await handle.writeFile(content);
  await handle.close();
  return true;
}

async function isStale(file: string): Promise<boolean> {
  const [content, age] = await Promise.all([readText(file), ageOf(file)]);
  if (content === null || age === null) return false;
  if (age > STALE_MS) return true;
  const [host, pid] = content.split(' ');
  return host === hostname() && pid !== undefined && !isAlive(Number(pid));
}

/** Only one process clears at a time and looks again while it does, so a fresh lock is never taken away. */
async function clearStale(file: string): Promise<void> {
  const guard = `${file}.clearing`;
  if (!(await create(guard, String(process.pid)))) {
    const age = await ageOf(guard);
    if (age !== null && age > STALE_MS) await rm(guard, { force: true });
    await pause(POLL_MS);
    return;
  }
  try {
    if (await isStale(file)) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

async function ageOf(file: string): Promise<number | null> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch {
    return null;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
