import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#lib/database/client.ts';
import { migrateDatabase } from '#lib/database/migrate.ts';
import { prepareQueue } from '#lib/database/queue.ts';

const TEMPLATE = 'quarterdeck_template';

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Migrates one template per server; later databases are copies of it, made in milliseconds. */
async function ensureTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(20261124)');
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (found.rowCount) return;
    const building = `${TEMPLATE}_${randomBytes(4).toString('hex')}`;
    await client.query(`CREATE DATABASE ${building}`);
    await migrateDatabase(urlOf(server, building));
    await prepareQueue(urlOf(server, building));
    await client.query(`ALTER DATABASE ${building} RENAME TO ${TEMPLATE}`);
  } finally {
    await client.end();
  }
}

export interface TestDatabase extends Database {
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

/** A migrated database of its own on the run's real Postgres, for processes that open it themselves. */
export async function makeTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl');
  await ensureTemplate(server);
  const name = `quarterdeck_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return {
    url: urlOf(server, name),
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The same, opened. */
export async function createTestDatabase(role: 'sender' | 'worker' = 'sender'): Promise<TestDatabase> {
  const made = await makeTestDatabase();
  const database = await openDatabase(made.url, {
    connections: 8,
    name: 'quarterdeck-test',
    role,
    onError: () => undefined,
  });
  return {
    ...database,
    async drop() {
      await database.close();
      await made.drop();
    },
  };
}
