import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { env, EnvironmentError } from '#lib/config/env.ts';
import { type Running, startQuarterdeck, type StartOptions } from './quarterdeck.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

function fail(error: unknown): never {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\nQuarterdeck could not start.\n${words}\n`);
  process.exit(1);
}

async function start(mode: StartOptions['mode'], signal: AbortSignal): Promise<Running> {
  await mkdir(env().dataDirectory, { recursive: true, mode: 0o755 });
  return startQuarterdeck({ root: path.resolve(import.meta.dirname, '../..'), mode, say, signal });
}

/** Starts everything, says where it is, and ends it in order at a signal or when a part of it ends by itself. */
export async function serveUntilStopped(mode: StartOptions['mode']): Promise<void> {
  let stopping = false;
  const starting = new AbortController();
  let running: Promise<Running> | undefined;
  // Words for a terminal that is gone must not keep the rest from stopping in order.
  process.stdout.on('error', () => undefined);
  // `disconnect`: the bootstrap is gone.
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.on(event, () => {
      if (stopping) return;
      stopping = true;
      say('\nStopping …');
      starting.abort();
      void (running ?? Promise.resolve(undefined))
        .then((quarterdeck) => quarterdeck?.stop())
        .then(
          () => process.exit(0),
          (error: unknown) => (stopping ? process.exit(0) : fail(error)),
        );
    });
  }
  running = start(mode, starting.signal);
  try {
    const quarterdeck = await running;
    for (const line of quarterdeck.greeting) say(line);
    const words = await quarterdeck.ended;
    if (!stopping) {
      stopping = true;
      await quarterdeck.stop();
      fail(new Error(words));
    }
  } catch (error) {
    if (!stopping) fail(error instanceof EnvironmentError ? new Error(error.message) : error);
  }
}
