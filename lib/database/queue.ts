import { fromPrisma, PgBoss } from 'pg-boss';
import { notifyJobs } from './changes.ts';
import { findJobGroups } from './job-groups.ts';
import { JOB_KINDS, type JobKind } from './job-kinds.ts';
import type { Reader } from './reader.ts';

export { JOB_KINDS, type JobKind } from './job-kinds.ts';

export interface JobRequest {
  kind: JobKind;
  key: string;
  /** Not before; absent = now. */
  startAfter?: Date;
  /** Which try this is after failures, from 1. */
  attempt?: number;
}

export interface ClaimedJob {
  id: string;
  kind: JobKind;
  key: string;
  attempt: number;
  /** The cluster or repository whose slots it takes; null for jobs of none. */
  group: string | null;
}

/** Names of pg-boss queues cannot hold every character; kinds can. */
const queueName = (kind: JobKind) => `quarterdeck-${kind}`;

/** A claim not touched for this many seconds belongs to a dead worker and is handed out again. */
const CLAIM_SECONDS = 15;
/** pg-boss's own bound for one job, however often touched. */
const LONGEST_JOB_SECONDS = 43_200;

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
      expireInSeconds: LONGEST_JOB_SECONDS,
      heartbeatSeconds: CLAIM_SECONDS,
      retentionSeconds: 14 * 86_400,
      deleteAfterSeconds: 3_600,
    });
  }
  await boss.stop({ graceful: false, close: true });
}

export type Queue = PgBoss;

/**
 * Opens the queue. A sender only enqueues; a `worker` also lets pg-boss clear away what is done. `prepareQueue` must
 * have run.
 */
export async function openQueue(
  databaseUrl: string,
  options: { role: 'sender' | 'worker'; onError: (error: Error) => void },
): Promise<Queue> {
  const works = options.role === 'worker';
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: `quarterdeck-queue-${options.role}`,
    supervise: works,
    schedule: false,
    migrate: false,
    max: works ? 6 : 2,
  });
  boss.on('error', options.onError);
  return boss.start();
}

/**
 * Enqueues inside the caller's transaction and wakes the workers with its commit. A key already waiting in its queue
 * is not added twice (one waiting for later is brought forward); a key being worked on is added once more, so that
 * what happened meanwhile is seen.
 */
export async function enqueue(queue: Queue, tx: Reader, jobs: JobRequest[]): Promise<void> {
  const due = new Set<JobKind>();
  for (const kind of new Set(jobs.map((job) => job.kind))) {
    const wanted = jobs.filter((job) => job.kind === kind);
    const keys = wanted.map((job) => job.key);
    const groups = await findJobGroups(tx, kind, keys);
    const rows = wanted.map(({ key, startAfter, attempt = 1 }) => ({
      data: { key, attempt },
      singletonKey: key,
      ...(startAfter ? { startAfter } : {}),
      ...(groups.has(key) ? { group: { id: groups.get(key) ?? '' } } : {}),
    }));
    await queue.insert(queueName(kind), rows, { db: fromPrisma(tx) });
    const now = wanted.filter((job) => job.startAfter === undefined);
    if (now.length > 0) due.add(kind);
    for (const moment of new Set(wanted.map((job) => job.startAfter)))
      await bringForward(tx, {
        kind,
        keys: wanted.filter((job) => job.startAfter === moment).map((job) => job.key),
        moment,
      });
  }
  if (due.size > 0) await notifyJobs(tx, [...due]);
}

async function bringForward(
  tx: Reader,
  { kind, keys, moment }: { kind: JobKind; keys: string[]; moment: Date | undefined },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE pgboss.job SET start_after = coalesce(${moment ?? null}::timestamptz, now())
    WHERE name = ${queueName(kind)} AND singleton_key = ANY(${keys}) AND state = 'created'
      AND start_after > coalesce(${moment ?? null}::timestamptz, now())`;
}

/** Claims up to `limit` due jobs of a kind, passing over `fullGroups`; a claim lapses after 15 s unless touched. */
export async function claimJobs(
  queue: Queue,
  kind: JobKind,
  { limit, fullGroups = [] }: { limit: number; fullGroups?: string[] },
): Promise<ClaimedJob[]> {
  const jobs = await queue.fetch<{ key?: unknown; attempt?: unknown }>(queueName(kind), {
    batchSize: limit,
    includeMetadata: true,
    ...(fullGroups.length > 0 ? { ignoreGroups: fullGroups } : {}),
  });
  return jobs.map((job) => ({
    id: job.id,
    kind,
    key: typeof job.data.key === 'string' ? job.data.key : '',
    attempt: typeof job.data.attempt === 'number' ? job.data.attempt : 1,
    group: job.groupId ?? null,
  }));
}

/** Kinds with at least one job that is due now, also kinds that this version does not know. */
export async function dueKinds(tx: Reader): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name FROM pgboss.job
    WHERE state < 'active' AND NOT blocked AND start_after <= now() AND name LIKE 'quarterdeck-%'`;
  return rows.map((row) => row.name.slice('quarterdeck-'.length));
}

/** Drops the waiting jobs of a kind nobody knows any more; answers how many. */
export async function dropJobsOfKind(tx: Reader, kind: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE pgboss.job SET state = 'completed', completed_on = now()
    WHERE name = ${`quarterdeck-${kind}`} AND state < 'active'`;
}

/** Hands out again what workers that died had claimed; answers how many. */
export async function returnLostJobs(tx: Reader): Promise<number> {
  return tx.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', start_after = now()
    WHERE name LIKE 'quarterdeck-%' AND state = 'active'
      AND coalesce(heartbeat_on, started_on) < now() - ${CLAIM_SECONDS} * interval '1 second'`;
}

export async function completeJob(queue: Queue, job: ClaimedJob): Promise<void> {
  await queue.complete(queueName(job.kind), job.id);
}

/** Completes a job and, in the same transaction, puts its key back for later. */
export async function requeueJob(
  queue: Queue,
  tx: Reader,
  { job, delayMs, attempt }: { job: ClaimedJob; delayMs: number; attempt: number },
): Promise<void> {
  await queue.complete(queueName(job.kind), job.id, null, { db: fromPrisma(tx) });
  await enqueue(queue, tx, [
    { kind: job.kind, key: job.key, attempt, ...(delayMs > 0 ? { startAfter: new Date(Date.now() + delayMs) } : {}) },
  ]);
}

/** Prolongs claims. */
export async function touchJobs(queue: Queue, jobs: readonly ClaimedJob[]): Promise<void> {
  for (const kind of new Set(jobs.map((job) => job.kind)))
    await queue.touch(
      queueName(kind),
      jobs.filter((job) => job.kind === kind).map((job) => job.id),
    );
}
