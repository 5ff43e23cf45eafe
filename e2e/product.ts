import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 40_000;

export interface Product {
  url: string;
  dataDirectory: string;
  /** Everything the launcher printed. */
  output(): string;
  /** Ends it as Ctrl+C does; the data folder stays. */
  stop(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

export const ADMIN = { email: 'admin@quarterdeck.test', password: 'correct horse battery' };

/** Starts the product the way `npm start` does, on a free port and a data folder of its own. */
export async function startProduct(
  options: { dataDirectory?: string; env?: Record<string, string> } = {},
): Promise<Product> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-e2e-')));
  const child = spawn(path.join(root, 'node_modules/.bin/node'), ['lib/launcher/start.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      QUARTERDECK_DATA_DIR: dataDirectory,
      QUARTERDECK_ADMIN_EMAIL: ADMIN.email,
      QUARTERDECK_ADMIN_PASSWORD: ADMIN.password,
      ...options.env,
    },
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
  const output = () => words.join('');
  const url = await urlOf(child, output);
  const stop = () => end(child);
  return {
    url,
    dataDirectory,
    output,
    stop,
    async dispose() {
      await stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function urlOf(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const url = /Quarterdeck\s+(http:\/\/\S+)/.exec(output())?.[1];
    if (url !== undefined && output().includes('Ctrl+C')) return url;
    if (child.exitCode !== null) throw new Error(`The product did not start:\n${output()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  await end(child);
  throw new Error(`The product was not up within ${START_TIMEOUT_MS / 1000} s:\n${output()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGINT');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(force);
}
