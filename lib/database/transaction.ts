import { type ChangeKey, notifyChanges } from './changes.ts';
import type { Database } from './client.ts';
import { enqueue, type JobRequest } from './queue.ts';
import type { Reader } from './reader.ts';

/** What a transaction may do beside reading and writing; both take effect with the commit, or not at all. */
export interface Transaction {
  tx: Reader;
  /** Tells every listening screen and worker that this key changed. */
  changed: (...keys: ChangeKey[]) => void;
  /** Enqueues background work. */
  enqueue: (...jobs: JobRequest[]) => void;
}

export interface TransactionOptions {
  /** Milliseconds before the transaction is rolled back. */
  timeoutMs?: number;
}

/** Runs the work in one transaction; notifications and jobs leave with its commit. */
export async function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  return database.prisma.$transaction(
    async (tx) => {
      const keys = new Set<ChangeKey>();
      const jobs: JobRequest[] = [];
      const result = await work({
        tx,
        changed: (...changed) => changed.forEach((key) => keys.add(key)),
        enqueue: (...requested) => void jobs.push(...requested),
      });
      if (jobs.length > 0) await enqueue(database.queue, tx, jobs);
      if (keys.size > 0) await notifyChanges(tx, keys);
      return result;
    },
    { timeout: options.timeoutMs ?? 15_000, maxWait: 10_000 },
  );
}
