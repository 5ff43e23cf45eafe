import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Program } from './programs.ts';

/** One running component; its output is kept in `logFile`. */
export interface RunningProcess {
  name: string;
  logFile: string;
  /** Undefined while it runs. */
  exitedWith(): string | undefined;
  /** Asks it to end, forces it after `graceMs`, and resolves once it is gone. */
  stop(graceMs?: number): Promise<void>;
}

/** Ports of 127.0.0.1 that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            if (address !== null && typeof address === 'object') resolve(address.port);
            else reject(new Error('no port on 127.0.0.1'));
          });
        }),
    ),
  );
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
        }),
    ),
  );
  return ports;
}

function awaitExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`));
  });
}

/** Starts a component that ends with this process, even when this process is killed. */
export function startProcess(
  name: string,
  program: Program,
  options: { args: string[]; logFile: string },
): RunningProcess {
  const child = spawn(program.file, [...program.args, ...options.args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CONTROLPLANE_EXIT_ON_STDIN_EOF: '1', KUBECONFIG: '' },
  });
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.stdin.on('error', () => undefined);
  let ended: string | undefined;
  const exit = awaitExit(child).then((how) => {
    ended = how;
    log.end();
    return how;
  });
  return {
    name,
    logFile: options.logFile,
    exitedWith: () => ended,
    async stop(graceMs = 3000) {
      if (ended !== undefined) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exit;
      clearTimeout(force);
    },
  };
}

/** Polls `ready` until it answers true; throws with the end of the log when the process dies or `timeoutMs` pass. */
export async function awaitReady(
  process: RunningProcess,
  ready: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const ended = process.exitedWith();
    if (ended === undefined && (await ready().catch(() => false))) return;
    if (ended !== undefined || Date.now() > deadline) {
      const log = await readFile(process.logFile, 'utf8').catch(() => '');
      const why = ended === undefined ? `not ready after ${timeoutMs} ms` : `ended with ${ended}`;
      throw new Error(`${process.name}: ${why}\n${log.split('\n').slice(-20).join('\n')}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
