import { fromPrisma, PgBoss } from 'pg-boss';
import type { Reader } from './reader.ts';

/**
 * Kinds of background work. A job is a key, never an event: its reconciler reads what is true now.
 * Adding one means a reconciler in lib/workers/reconcilers, or the worker refuses to start.
 */
export const JOB_KINDS = [
  'fetch', // key = repository id: fetch the mirror, move applications to new revisions
  'render', // key = application id: resolve, render, store the set
  'compare', // key = application id: compare now, from scratch
  'plan', // key = plan id
  'operate', // key = operation id: start or resume
  'await-health', // key = operation id
  'auto-sync', // key = application id
  'pins', // key = application id: announce or end its pin
  'inquiry', // key = inquiry id
  'recheck', // key = 'all': recompute states from scratch and report differences
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export interface JobRequest {
  kind: JobKind;
  key: string;
  /** Not before; absent = now. */
  startAfter?: Date;
}

export interface ClaimedJob {
  id: string;
  kind: JobKind;
  key: string;
  attempt: number;
}

/** Names of pg-boss queues cannot hold every character; kinds can. */
const queueName = (kind: JobKind) => `quarterdeck-${kind}`;

/** Seconds after which a claimed job of a dead worker is handed out again. */
const CLAIM_EXPIRY_SECONDS = 120;

/** Prepares pg-boss's own tables and our queues; idempotent, called by migration and by tests. */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 2 });
  boss.on('error', () => undefined);
  await boss.start();
  for (const kind of JOB_KINDS) {
    await boss.createQueue(queueName(kind), {
      policy: 'short',
      retryLimit: 1_000,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 300,
      expireInSeconds: CLAIM_EXPIRY_SECONDS,
      retentionSeconds: 14 * 86_400,
      deleteAfterSeconds: 3_600,
      notify: true,
    });
  }
  await boss.stop({ graceful: false, close: true });
}

export type Queue = PgBoss;

/**
 * Opens the queue. A sender only enqueues; a `worker` also claims, is woken by notifications and returns the jobs of
 * workers that died. `prepareQueue` must have run.
 */
export async function openQueue(
  databaseUrl: string,
  options: { role: 'sender' | 'worker'; onError: (error: Error) => void },
): Promise<Queue> {
  const works = options.role === 'worker';
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: `quarterdeck-queue-${options.role}`,
    useListenNotify: works,
    supervise: works,
    schedule: false,
    migrate: false,
    max: works ? 6 : 2,
  });
  boss.on('error', options.onError);
  return boss.start();
}

/**
 * Enqueues inside the caller's transaction. A key already waiting in its queue is not added twice; a key being worked
 * on is added once more, so that what happened meanwhile is seen.
 */
export async function enqueue(queue: Queue, tx: Reader, jobs: JobRequest[]): Promise<void> {
  const db = fromPrisma(tx);
  for (const job of jobs) {
    const later = job.startAfter ? { startAfter: job.startAfter } : {};
    await queue.send(queueName(job.kind), { key: job.key }, { singletonKey: job.key, db, ...later });
  }
}

/** Claims up to `limit` due jobs of a kind; a claim lapses after {@link CLAIM_EXPIRY_SECONDS} unless touched. */
export async function claimJobs(queue: Queue, kind: JobKind, limit: number): Promise<ClaimedJob[]> {
  const jobs = await queue.fetch<{ key?: unknown }>(queueName(kind), { batchSize: limit, includeMetadata: true });
  return jobs.map((job) => ({
    id: job.id,
    kind,
    key: typeof job.data.key === 'string' ? job.data.key : '',
    attempt: job.retryCount + 1,
  }));
}

export async function completeJob(queue: Queue, job: ClaimedJob): Promise<void> {
  await queue.complete(queueName(job.kind), job.id);
}

/** Hands a job back; pg-boss retries it with exponential backoff. `reason` must be masked. */
export async function failJob(queue: Queue, job: ClaimedJob, reason: string): Promise<void> {
  await queue.fail(queueName(job.kind), job.id, { reason });
}

/** Prolongs a claim. */
export async function touchJob(queue: Queue, job: ClaimedJob): Promise<void> {
  await queue.touch(queueName(job.kind), job.id);
}
