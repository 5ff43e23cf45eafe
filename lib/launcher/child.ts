import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';

/** What a child reports when it is ready to serve; JSON over the IPC channel. */
export interface ReadyMessage {
  ready: true;
  [fact: string]: unknown;
}

export interface Child {
  name: string;
  facts: ReadyMessage;
  /** Resolves with words when the process ends by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
  /** Ends it at once, as a crash would (SIGKILL). */
  kill(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  /** Program to run, relative to the project. */
  program: string;
  env: Record<string, string>;
  /** File that receives standard output and error. */
  log: string;
  readyTimeoutMs: number;
  /** Starts it again whenever a file it uses changes. */
  watch?: boolean;
}

const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts a program of ours in its own process group (a terminal's Ctrl+C reaches only the launcher, which ends children
 * in order). A child ends by itself when its IPC channel closes, so a killed launcher leaves no orphan.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const output = createWriteStream(options.log, { flags: 'a', mode: 0o600 });
  const child = fork(path.resolve(import.meta.dirname, '../..', options.program), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...options.env },
    detached: true,
    execArgv: options.watch === true ? ['--watch', '--watch-preserve-output'] : [],
  });
  const lastWords: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output.write(chunk);
      lastWords.push(chunk.toString('utf8'));
      if (lastWords.length > 20) lastWords.shift();
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(`${options.name} ended (${signal ?? `code ${code ?? '?'}`}): ${lastWords.join('').trim().slice(-2_000)}`),
    );
  });
  const facts = await ready(child, options, ended);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { name: options.name, facts, ended, stop: () => stopChild(child, ended), kill };
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}

async function ready(child: ChildProcess, options: ChildOptions, ended: Promise<string>): Promise<ReadyMessage> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      new Promise<ReadyMessage>((resolve) => {
        child.on('message', (message) => {
          if (isReady(message)) resolve(message);
        });
      }),
      ended.then((words) => Promise.reject(new Error(words))),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          child.kill('SIGKILL');
          reject(
            new Error(`${options.name} was not ready within ${options.readyTimeoutMs / 1000} s; see ${options.log}`),
          );
        }, options.readyTimeoutMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}
