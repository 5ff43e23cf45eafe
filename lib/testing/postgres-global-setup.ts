import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#lib/sandbox/postgres/start.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server that test databases are made on. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run; `QUARTERDECK_TEST_DATABASE_URL` names another. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['QUARTERDECK_TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given);
    return async () => undefined;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-test-postgres-'));
  const server = await startEmbeddedPostgres(folder, { durable: false });
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
