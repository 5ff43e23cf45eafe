import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'postcss.config.mjs',
  'proxy.ts',
  'package-lock.json',
];
const MARKER = '.next/quarterdeck-build';
/** Milliseconds that somebody else's build of the same folder is waited for. */
const PATIENCE_MS = 300_000;
const AGAIN_MS = 1_000;

async function* filesOf(entry: string): AsyncGenerator<string> {
  if (!existsSync(entry)) return;
  if (!(await stat(entry)).isDirectory()) {
    yield entry;
    return;
  }
  for (const name of (await readdir(entry)).toSorted()) yield* filesOf(path.join(entry, name));
}

/** Hash over everything the web build reads. */
async function sourceDigest(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for await (const file of filesOf(path.join(root, source))) {
      if (/\.test\.tsx?$|\.md$/.test(file)) continue;
      hash
        .update(path.relative(root, file))
        .update('\0')
        .update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/** Builds the web process when its sources changed since the last build. Answers whether it had to. */
export async function ensureBuild(
  root: string,
  { say = () => undefined, signal }: { say?: (line: string) => void; signal?: AbortSignal } = {},
): Promise<boolean> {
  const digest = await sourceDigest(root);
  const marker = path.join(root, MARKER);
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === digest) return false;
  say('Building the console …');
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { code, words } = await runBuild(root, signal);
    if (code === 0) break;
    // A launcher that was killed leaves its build behind, which ends by itself.
    if (!words.includes('Another next build process') || Date.now() > deadline)
      throw new Error(`The build failed:\n${words}`);
    await setTimeout(AGAIN_MS, undefined, { signal });
  }
  await writeFile(marker, digest);
  return true;
}

/** One run of the build, which has processes of its own: they end with this one, or at the signal. */
async function runBuild(
  root: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; words: string }> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const words: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', end);
  signal?.addEventListener('abort', end);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    signal?.throwIfAborted();
    return { code, words: words.join('') };
  } finally {
    process.off('exit', end);
    signal?.removeEventListener('abort', end);
  }
}
