import path from 'node:path';
import { createForge } from '#lib/adapters/forge/forge-adapter.ts';
import { createGitSource } from '#lib/adapters/git/git-source.ts';
import { loadKeyFile } from '#lib/adapters/keyring/key-file.ts';
import { readKubeconfig } from '#lib/adapters/kubernetes/kubeconfig.ts';
import { createKeyring, createSealer, generateKey, KeyringError } from '#lib/adapters/keyring/keyring.ts';
import { createKubernetesAdapter } from '#lib/adapters/kubernetes/kubernetes-adapter.ts';
import { createRenderer } from '#lib/adapters/render/renderer.ts';
import { type Env, env, passedOn } from '#lib/config/env.ts';
import { type Database, openDatabase } from '#lib/database/client.ts';
import { settleSetting } from '#lib/database/installation.ts';
import { logger } from '#lib/observability/logger.ts';
import { systemClock } from '#lib/ports/clock.ts';
import type { ClusterPort } from '#lib/ports/cluster.ts';
import type { ForgePort } from '#lib/ports/forge.ts';
import type { Keyring } from '#lib/ports/keyring.ts';
import type { RendererPort } from '#lib/ports/renderer.ts';
import type { SourcePort } from '#lib/ports/source.ts';
import type { ParseKubeconfig } from '#lib/ports/kubeconfig.ts';
import { type ChangeHub, openChangeHub } from '#lib/services/changes/hub.ts';
import type { Actor, Context, Policy } from '#lib/services/context.ts';
import { HASHING_PURPOSE, sealedSetting } from '#lib/services/credentials/hashing-secret.ts';

/** A context before it is known who acts. */
export type House = Omit<Context, 'actor' | 'requestId'>;

/** What the web process adds: reading kubeconfigs (text only) and hearing of changes. */
export interface WebParts {
  parseKubeconfig: ParseKubeconfig;
  hub: ChangeHub;
  waitForChange: ChangeHub['waitFor'];
}
export type WebHouse = House & WebParts;
/** What verbs called through HTTP get. */
export type WebContext = Context & WebParts;

export function actAs<Base extends House>(
  house: Base,
  actor: Actor,
  requestId: string,
): Base & Pick<Context, 'actor' | 'requestId'> {
  return { ...house, actor, requestId };
}

export function policyOf(settings: Env): Policy {
  return {
    allowExec: settings.QUARTERDECK_ALLOW_EXEC,
    allowInCluster: settings.QUARTERDECK_ALLOW_IN_CLUSTER,
    allowPlainHttpGit: settings.QUARTERDECK_ALLOW_HTTP_GIT,
    allowFileGit: settings.QUARTERDECK_ALLOW_FILE_GIT,
    operationTimeoutSeconds: settings.QUARTERDECK_OPERATION_TIMEOUT,
    origin: settings.origin,
  };
}

export type KeySettings = Pick<
  Env,
  'QUARTERDECK_ENCRYPTION_KEY' | 'QUARTERDECK_ENCRYPTION_KEY_PREVIOUS' | 'dataDirectory'
>;

/** The keys in force: the environment's, else those of the data folder. Throws KeyringError. */
async function readKeys(settings: KeySettings): Promise<{ current: string; previous: string | undefined }> {
  const current = settings.QUARTERDECK_ENCRYPTION_KEY;
  if (current !== undefined) return { current, previous: settings.QUARTERDECK_ENCRYPTION_KEY_PREVIOUS };
  return loadKeyFile(settings.dataDirectory);
}

/**
 * The keyring of this installation. The first start makes what is missing; later ones refuse a key that is not the one
 * the database was sealed with. Throws KeyringError with one line that says what to do.
 */
export async function loadKeyring(settings: KeySettings, database: Database): Promise<Keyring> {
  const keys = await readKeys(settings);
  const sealer = createSealer(keys);
  const known = await settleSetting(database.prisma, 'encryption-key', { keyId: sealer.currentKeyId });
  const fresh = sealer.seal(generateKey(), HASHING_PURPOSE);
  const stored = await settleSetting(database.prisma, 'hashing-secret', {
    keyId: fresh.keyId,
    ciphertext: Buffer.from(fresh.ciphertext).toString('base64'),
  });
  const sealed = sealedSetting(stored);
  if (!sealed) {
    throw new KeyringError('The row hashing-secret of table Installation is damaged; restore it from a backup.');
  }
  try {
    return createKeyring({ ...keys, hashingSecret: sealer.open(sealed, HASHING_PURPOSE) });
  } catch (error) {
    const wanted = keyIdIn(known) ?? sealed.keyId;
    throw new KeyringError(
      `This database was sealed with encryption key ${wanted}, but the key given is ${sealer.currentKeyId}: set ` +
        'QUARTERDECK_ENCRYPTION_KEY (or put back encryption.key in the data folder) to the key it was made with. ' +
        (error instanceof Error ? error.message : ''),
    );
  }
}

function keyIdIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('keyId' in value)) return undefined;
  return typeof value.keyId === 'string' ? value.keyId : undefined;
}

export function databaseUrl(settings: Env): string {
  if (settings.DATABASE_URL === undefined) {
    throw new Error('DATABASE_URL is not set: start with `npm start`, which runs the embedded PostgreSQL and sets it.');
  }
  return settings.DATABASE_URL;
}

declare global {
  // Survives the module reloads of `next dev`, which would else open one pool per reload.
  var quarterdeckHouse: Promise<WebHouse> | undefined;
}

/** What the web process runs on; opened once, tried again when opening failed. It has no port to a cluster or a repository. */
export function webContext(): Promise<WebHouse> {
  globalThis.quarterdeckHouse ??= openWebHouse(env()).catch((error: unknown) => {
    globalThis.quarterdeckHouse = undefined;
    throw error;
  });
  return globalThis.quarterdeckHouse;
}

async function openWebHouse(settings: Env): Promise<WebHouse> {
  const house = await openHouse(settings, 'quarterdeck-web');
  return { ...house, ...webParts(settings) };
}

/** The parts of the web process, without a port to anything outside. */
export function webParts(settings: Env): WebParts {
  const log = logger('changes');
  const hub = openChangeHub(databaseUrl(settings), (error) =>
    log.warn({ reason: error.message }, 'listening was interrupted; trying again'),
  );
  const rules = {
    allowExecPlugins: settings.QUARTERDECK_ALLOW_EXEC,
    allowedExecCommands: undefined,
    allowPlainHttpLoopback: true,
    allowLinkLocal: false,
  };
  return {
    hub,
    waitForChange: (key, waitMs) => hub.waitFor(key, waitMs),
    parseKubeconfig: (text) => readKubeconfig(text, rules),
  };
}

/** A house of its own, for commands that end; the caller closes `database`. */
export async function openHouse(settings: Env, name: string, role: 'sender' | 'worker' = 'sender'): Promise<House> {
  const log = logger('database');
  const database = await openDatabase(databaseUrl(settings), {
    connections: 10,
    name,
    role,
    onError: (error) => log.warn({ reason: error.message }, 'the database dropped a connection'),
  });
  try {
    return {
      database,
      clock: systemClock,
      keyring: await loadKeyring(settings, database),
      policy: policyOf(settings),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What a worker runs on; its live clusters are made from `ports.cluster` by the worker itself. */
export interface WorkerHouse {
  house: House;
  ports: { cluster: ClusterPort; source: SourcePort; renderer: RendererPort; forge: ForgePort };
}

/** Variables of this machine that git needs to reach a remote through a proxy or a company's certificate authority. */
const GIT_ENVIRONMENT = ['PATH', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'GIT_SSL_CAINFO'] as const;

/** Opens the database as a worker and picks every adapter; the caller closes `house.database`. */
export async function openWorker(settings: Env): Promise<WorkerHouse> {
  const house = await openHouse(settings, 'quarterdeck-worker', 'worker');
  const folder = (name: string) => path.join(settings.dataDirectory, name);
  return {
    house,
    ports: {
      cluster: createKubernetesAdapter({
        allowExecPlugins: settings.QUARTERDECK_ALLOW_EXEC,
        allowInCluster: settings.QUARTERDECK_ALLOW_IN_CLUSTER,
        allowPlainHttpLoopback: true,
        timeoutMs: settings.QUARTERDECK_CLUSTER_TIMEOUT * 1000,
      }),
      source: createGitSource({
        mirrorsDirectory: folder('mirrors'),
        allowFileUrls: settings.QUARTERDECK_ALLOW_FILE_GIT,
        allowPlainHttp: settings.QUARTERDECK_ALLOW_HTTP_GIT,
        timeoutMs: settings.QUARTERDECK_GIT_TIMEOUT * 1000,
        environment: passedOn(GIT_ENVIRONMENT),
      }),
      renderer: createRenderer({ toolsDirectory: folder('tools') }),
      forge: createForge(),
    },
  };
}
