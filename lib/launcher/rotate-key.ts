import { existsSync } from 'node:fs';
import path from 'node:path';
import { beginKeyFileRotation, finishKeyFileRotation } from '#lib/adapters/keyring/key-file.ts';
import { env } from '#lib/config/env.ts';
import { startEmbeddedPostgres } from '#lib/sandbox/postgres/start.ts';
import { SYSTEM_ACTOR } from '#lib/services/context.ts';
import { rotateCredentials } from '#lib/services/credentials/rotate.ts';
import { actAs, openHouse } from '#lib/wiring.ts';
import { lockDataDirectory } from './lock.ts';

/**
 * Seals every stored secret under a new key. With a key from the environment: set the new one as
 * QUARTERDECK_ENCRYPTION_KEY and the old one as QUARTERDECK_ENCRYPTION_KEY_PREVIOUS. With a key file: a new file is made.
 * Quarterdeck must not run meanwhile.
 */
async function rotate(): Promise<number> {
  const settings = env();
  const unlock = await lockDataDirectory(settings.dataDirectory);
  const folder = path.join(settings.dataDirectory, 'postgres');
  const embedded = settings.DATABASE_URL === undefined && existsSync(folder);
  const server = embedded ? await startEmbeddedPostgres(folder, { durable: true }) : null;
  try {
    const fromFile = settings.QUARTERDECK_ENCRYPTION_KEY === undefined;
    if (fromFile) await beginKeyFileRotation(settings.dataDirectory);
    const house = await openHouse({ ...settings, ...(server ? { DATABASE_URL: server.url } : {}) }, 'rotate-key');
    try {
      const { resealed } = await rotateCredentials(actAs(house, SYSTEM_ACTOR, 'rotate-key'));
      if (fromFile) await finishKeyFileRotation(settings.dataDirectory);
      return resealed;
    } finally {
      await house.database.close();
    }
  } finally {
    await server?.stop();
    await unlock();
  }
}

try {
  const resealed = await rotate();
  process.stdout.write(`Done: ${resealed} secrets are sealed with the new key.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
