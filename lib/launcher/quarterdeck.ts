import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { env, localOrigin } from '#lib/config/env.ts';
import { freePort, requirePort } from '#lib/config/free-port.ts';
import { migrateDatabase } from '#lib/database/migrate.ts';
import { prepareQueue } from '#lib/database/queue.ts';
import { startEmbeddedPostgres } from '#lib/sandbox/postgres/start.ts';
import { ensureBuild } from './build.ts';
import { type Child, type ChildOptions, startChild } from './child.ts';
import { prepareInstallation } from './installation.ts';
import { type Kept, keepRunning, type Part } from './keep-running.ts';
import { lockDataDirectory } from './lock.ts';
import { parseSandboxFacts, type SandboxFacts } from './sandbox-facts.ts';

export interface Running {
  url: string;
  sandbox: SandboxFacts | null;
  /** Lines to print when it is up. */
  greeting: string[];
  /** Resolves with words when a process of ours ends by itself too often. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface StartOptions {
  root: string;
  mode: 'production' | 'development';
  say: (line: string) => void;
  /** Ends what a start waits for, when it is no longer wanted. */
  signal: AbortSignal;
}

/** What was started so far, ended in reverse. */
class Ladder {
  readonly #rungs: (() => Promise<void>)[] = [];

  push(stop: () => Promise<void>): void {
    this.#rungs.push(stop);
  }

  async climbDown(): Promise<void> {
    for (let stop = this.#rungs.pop(); stop; stop = this.#rungs.pop()) await stop().catch(() => undefined);
  }
}

/**
 * Brings everything up in order and answers when `GET /api/health/ready` says so; ends what it started when a step fails.
 * A part that ends by itself later is started again.
 */
export async function startQuarterdeck(options: StartOptions): Promise<Running> {
  const ladder = new Ladder();
  try {
    return await climb(options, ladder);
  } catch (error) {
    await ladder.climbDown();
    throw error;
  }
}

async function climb({ root, mode, say, signal }: StartOptions, ladder: Ladder): Promise<Running> {
  const settings = env();
  const logs = path.join(settings.dataDirectory, 'logs');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  ladder.push(await lockDataDirectory(settings.dataDirectory));
  const port = settings.PORT === 0 ? await freePort() : settings.PORT;
  await requirePort(settings.HOST, port);
  const keep = async <Running extends Part>(name: string, start: () => Promise<Running>): Promise<Kept<Running>> => {
    const kept = await keepRunning(start, { name, say });
    ladder.push(() => kept.stop());
    return kept;
  };
  const child = (options: Omit<ChildOptions, 'log'>): Promise<Kept<Child>> =>
    keep(`The ${options.name}`, () => startChild({ ...options, log: path.join(logs, `${options.name}.log`) }));

  const building = mode === 'production' ? ensureBuild(root, { say, signal }) : Promise.resolve(false);
  // The build may fail while the database is still starting; its failure is thrown where it is awaited.
  building.catch(() => undefined);
  const postgres = settings.DATABASE_URL === undefined ? await keep('The database', embedded(settings)) : null;
  const databaseUrl = settings.DATABASE_URL ?? postgres?.first.url ?? '';
  await migrateDatabase(databaseUrl, root);
  await prepareQueue(databaseUrl);

  const shared = {
    NODE_ENV: mode,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    QUARTERDECK_DATA_DIR: settings.dataDirectory,
    ...(settings.QUARTERDECK_SANDBOX ? { QUARTERDECK_ALLOW_HTTP_GIT: 'on' } : {}),
  };
  const sandbox = settings.QUARTERDECK_SANDBOX
    ? await child({ name: 'sandbox', program: 'lib/sandbox/main.ts', env: shared, readyTimeoutMs: 60_000 })
    : null;
  const worker = await child({
    name: 'worker',
    program: 'lib/workers/main.ts',
    env: shared,
    readyTimeoutMs: 60_000,
    watch: mode === 'development',
  });
  await building;
  const web = await child({ name: 'web', program: 'lib/launcher/web.ts', env: shared, readyTimeoutMs: 120_000 });
  const local = localOrigin(settings.HOST, port);
  const url = new URL(settings.QUARTERDECK_URL ?? local);
  const facts = sandbox ? parseSandboxFacts(sandbox.first.facts) : null;
  const prepared = await prepareInstallation({ databaseUrl, origin: url.origin, sandbox: facts, say });
  ladder.push(() => prepared.stop());
  // Not at the address people use: what leads from there to here may come up later.
  await waitUntilReady(new URL(local));
  return {
    url: url.origin,
    sandbox: facts,
    greeting: greetingOf(url.origin, { firstAdmin: prepared.firstAdmin, sandbox: facts, logs }),
    ended: Promise.race([postgres, sandbox, worker, web].flatMap((part) => (part ? [part.ended] : []))),
    stop: () => ladder.climbDown(),
  };
}

/** Starts the embedded Postgres, and later ones at the port of the first: the others hold its URL. */
function embedded({ dataDirectory }: { dataDirectory: string }) {
  let port: number | undefined;
  return async () => {
    const known = port === undefined ? {} : { port };
    const server = await startEmbeddedPostgres(path.join(dataDirectory, 'postgres'), { durable: true, ...known });
    port = server.port;
    return server;
  };
}

async function waitUntilReady(url: URL): Promise<void> {
  const deadline = Date.now() + 60_000;
  let last = '';
  while (Date.now() < deadline) {
    const answer = await fetch(new URL('/api/health/ready', url), { signal: AbortSignal.timeout(5_000) }).catch(
      (error: unknown) => {
        last = String(error);
        return null;
      },
    );
    if (answer?.ok) return;
    if (answer) last = await answer.text();
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`Quarterdeck was not ready within 60 s: ${last}`);
}

function greetingOf(
  url: string,
  { firstAdmin, sandbox, logs }: { firstAdmin: string | null; sandbox: SandboxFacts | null; logs: string },
): string[] {
  return [
    '',
    `  Quarterdeck   ${url}`,
    ...(firstAdmin === null ? [] : [`  First admin   ${firstAdmin}`]),
    ...(sandbox === null ? [] : [`  Sandbox       KUBECONFIG=${sandbox.kubeconfigPath}`]),
    `  Logs          ${logs}`,
    '',
    '  Ctrl+C ends everything.',
  ];
}
