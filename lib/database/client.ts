import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { openQueue, type Queue } from './queue.ts';

export interface Database {
  prisma: PrismaClient;
  queue: Queue;
  url: string;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Upper bound of the pool. */
  connections: number;
  /** Shown by the server for each connection. */
  name: string;
  role: 'sender' | 'worker';
  onError: (error: Error) => void;
}

/** Opens a pool and the queue on a migrated database; every statement is ended by the server after 30 s. */
export async function openDatabase(url: string, options: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    application_name: options.name,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that the server drops (restart) must not end the process; the next query opens another.
  pool.on('error', options.onError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  const queue = await openQueue(url, { role: options.role, onError: options.onError });
  return {
    prisma,
    queue,
    url,
    async close() {
      await queue.stop({ graceful: true, timeout: 5_000, close: true });
      await prisma.$disconnect();
    },
  };
}
