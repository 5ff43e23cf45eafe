import path from 'node:path';
import { parseEnv } from '#lib/config/env.ts';
import { migrateDatabase } from '#lib/database/migrate.ts';
import { prepareQueue } from '#lib/database/queue.ts';
import type { LivePort } from '#lib/ports/live.ts';
import { startEmbeddedPostgres } from '#lib/sandbox/postgres/start.ts';
import { SYSTEM_ACTOR, type WorkerContext } from '#lib/services/context.ts';
import { openWorker } from '#lib/wiring.ts';
import { inFolder } from './folder.ts';

/** Measures that use the house ask no cluster. */
const NO_CLUSTER: LivePort = {
  cluster: () => Promise.reject(new Error('this measure has no cluster')),
};

export interface BenchHouse {
  folder: string;
  databaseUrl: string;
  ctx: WorkerContext;
}

/** Runs the work on a house of its own: embedded Postgres as in production, the real adapters, nothing in the background. */
export async function withHouse<Result>(work: (house: BenchHouse) => Promise<Result>): Promise<Result> {
  return inFolder(async (folder) => {
    const postgres = await startEmbeddedPostgres(path.join(folder, 'postgres'), { durable: true });
    try {
      await migrateDatabase(postgres.url, path.resolve(import.meta.dirname, '../..'));
      await prepareQueue(postgres.url);
      const settings = parseEnv({
        DATABASE_URL: postgres.url,
        QUARTERDECK_DATA_DIR: folder,
        QUARTERDECK_ALLOW_HTTP_GIT: 'on',
        PATH: process.env['PATH'],
      });
      const { house, ports } = await openWorker(settings);
      const ctx = { ...house, actor: SYSTEM_ACTOR, requestId: 'bench', ports: { ...ports, live: NO_CLUSTER } };
      try {
        return await work({ folder, databaseUrl: postgres.url, ctx });
      } finally {
        await house.database.close();
      }
    } finally {
      await postgres.stop();
    }
  });
}
