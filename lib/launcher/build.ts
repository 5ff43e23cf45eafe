import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

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
export async function ensureBuild(root: string, say: (line: string) => void): Promise<boolean> {
  const digest = await sourceDigest(root);
  const marker = path.join(root, MARKER);
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === digest) return false;
  say('Building the console …');
  const words: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    child.stdout.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`The build failed:\n${words.join('')}`);
  await writeFile(marker, digest);
  return true;
}
