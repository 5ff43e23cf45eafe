import type { Logger } from 'pino';
import { type ChangeListener, listenForJobs } from '#lib/database/changes.ts';
import type { Database } from '#lib/database/client.ts';
import {
  type ClaimedJob,
  claimJobs,
  completeJob,
  dropJobsOfKind,
  dueKinds,
  JOB_KINDS,
  type JobKind,
  requeueJob,
  returnLostJobs,
  touchJobs,
} from '#lib/database/queue.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import type { WorkerContext } from '#lib/services/context.ts';
import { type Reconciler, TerminalError } from './reconciler.ts';
import { DEFAULT_SLOTS, type Slots } from './slots.ts';

export { type Reconciler, TerminalError } from './reconciler.ts';

export interface RuntimeOptions {
  database: Database;
  context: WorkerContext;
  reconcilers: Record<JobKind, Reconciler>;
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  slots?: Partial<Record<JobKind, Slots>>;
  /** Milliseconds between looks at the queue when no notification comes. */
  pollMs?: number;
  /** Told after every job. */
  onDone?: (job: ClaimedJob, outcome: JobOutcome, durationMs: number) => void;
}

export type JobOutcome = 'done' | 'requeued' | 'failed' | 'terminal' | 'handed-back';

export interface Runtime {
  start(): void;
  /** Stops claiming, lets running jobs finish for up to `limitMs`, aborts the rest and hands their keys back. */
  drain(limitMs: number): Promise<void>;
  running(): ClaimedJob[];
}

interface Running {
  job: ClaimedJob;
  abort: AbortController;
  done: Promise<void>;
}

const HEARTBEAT_MS = 4_000;
const LOST_JOBS_MS = 5_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 300_000;

/** Claims jobs and runs their reconcilers inside the slots of their kind and their cluster or repository. */
export function createRuntime(options: RuntimeOptions): Runtime {
  return new JobRuntime(options);
}

class JobRuntime implements Runtime {
  readonly #options: RuntimeOptions;
  /** By `kind key`: never two at once of the same. */
  readonly #running = new Map<string, Running>();
  /** Claimed, and waiting for a slot or for the same key to end. */
  #waiting: ClaimedJob[] = [];
  readonly #woken = new Set<string>();
  #pumping = false;
  #draining = false;
  #listener: ChangeListener | undefined;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(options: RuntimeOptions) {
    this.#options = options;
  }

  start(): void {
    const { database, pollMs = 1_000 } = this.#options;
    this.#listener = listenForJobs(database.url, {
      onKinds: (kinds) => this.#wake(kinds),
      onReset: () => this.#wake(JOB_KINDS),
      onDown: (error) => this.#options.log.warn({ err: error }, 'lost the database; reconnecting'),
    });
    this.#every(pollMs, async () => this.#wake(await dueKinds(database.prisma)));
    this.#every(HEARTBEAT_MS, () => touchJobs(database.queue, this.#claimed()));
    this.#every(LOST_JOBS_MS, async () => void (await returnLostJobs(database.prisma)));
  }

  running(): ClaimedJob[] {
    return [...this.#running.values()].map((one) => one.job);
  }

  async drain(limitMs: number): Promise<void> {
    this.#draining = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#listener?.close();
    const keepAlive = setInterval(
      () => void touchJobs(this.#options.database.queue, this.#claimed()).catch(() => {}),
      HEARTBEAT_MS,
    );
    const all = () => Promise.allSettled([...this.#running.values()].map((one) => one.done));
    const waiting = this.#waiting;
    this.#waiting = [];
    await Promise.allSettled(waiting.map((job) => this.#handBack(job)));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([all(), late]);
    clearTimeout(timer);
    for (const one of this.#running.values()) one.abort.abort(new Error('the worker is stopping'));
    await Promise.race([all(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    clearInterval(keepAlive);
    await Promise.allSettled([...this.#running.values()].map((one) => this.#handBack(one.job)));
  }

  #claimed(): ClaimedJob[] {
    return [...this.running(), ...this.#waiting];
  }

  #every(ms: number, work: () => Promise<unknown>): void {
    let busy = false;
    const pass = async () => {
      if (busy) return;
      busy = true;
      try {
        await work();
      } catch (error) {
        this.#options.log.warn({ err: error }, 'the queue did not answer; trying again');
      } finally {
        busy = false;
      }
    };
    this.#timers.push(setInterval(() => void pass(), ms));
  }

  #wake(kinds: readonly string[]): void {
    for (const kind of kinds) this.#woken.add(kind);
    if (!this.#pumping && this.#woken.size > 0) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (this.#woken.size > 0 && !this.#draining) {
        const kinds = [...this.#woken];
        this.#woken.clear();
        await Promise.all(kinds.map((kind) => this.#claim(kind)));
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, 'could not claim jobs; trying again');
    } finally {
      this.#pumping = false;
    }
  }

  async #claim(kind: string): Promise<void> {
    const { database, log } = this.#options;
    if (!isKnown(kind)) {
      const dropped = await dropJobsOfKind(database.prisma, kind);
      log.warn({ kind, dropped }, 'completed jobs of a kind this version does not know');
      return;
    }
    for (;;) {
      const free = this.#slots(kind).total - this.#count(kind).total;
      if (free <= 0) return;
      const jobs = await claimJobs(database.queue, kind, { limit: free, fullGroups: this.#fullGroups(kind) });
      if (jobs.length === 0) return;
      if (this.#draining) {
        await Promise.allSettled(jobs.map((job) => this.#handBack(job)));
        return;
      }
      this.#waiting.push(...jobs);
      this.#startWaiting();
      if (jobs.length < free) return;
    }
  }

  #slots(kind: JobKind): Slots {
    return this.#options.slots?.[kind] ?? DEFAULT_SLOTS[kind];
  }

  #count(kind: JobKind): { total: number; groups: Map<string, number> } {
    const groups = new Map<string, number>();
    let total = 0;
    for (const { job } of this.#running.values()) {
      if (job.kind !== kind) continue;
      total += 1;
      if (job.group !== null) groups.set(job.group, (groups.get(job.group) ?? 0) + 1);
    }
    return { total, groups };
  }

  #fullGroups(kind: JobKind): string[] {
    const { groups } = this.#count(kind);
    for (const job of this.#waiting)
      if (job.kind === kind && job.group !== null) groups.set(job.group, (groups.get(job.group) ?? 0) + 1);
    const { perGroup } = this.#slots(kind);
    return [...groups].filter(([, count]) => count >= perGroup).map(([group]) => group);
  }

  #startWaiting(): void {
    const still: ClaimedJob[] = [];
    for (const job of this.#waiting) {
      const slots = this.#slots(job.kind);
      const { total, groups } = this.#count(job.kind);
      const full = total >= slots.total || (job.group !== null && (groups.get(job.group) ?? 0) >= slots.perGroup);
      if (full || this.#running.has(`${job.kind} ${job.key}`)) still.push(job);
      else this.#run(job);
    }
    this.#waiting = still;
  }

  #run(job: ClaimedJob): void {
    const abort = new AbortController();
    const done = this.#execute(job, abort.signal).finally(() => {
      this.#running.delete(`${job.kind} ${job.key}`);
      if (this.#draining) return;
      this.#startWaiting();
      this.#wake([job.kind]);
    });
    this.#running.set(`${job.kind} ${job.key}`, { job, abort, done });
  }

  async #execute(job: ClaimedJob, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    let outcome: JobOutcome;
    try {
      const requestId = `job-${job.id}`;
      const answer = await this.#options.reconcilers[job.kind](
        { ...this.#options.context, requestId },
        job.key,
        signal,
      );
      outcome = answer ? 'requeued' : 'done';
      await this.#settle(() => (answer ? this.#requeue(job, answer.requeueAfterMs, 1) : this.#complete(job)));
    } catch (error) {
      outcome = await this.#failed(job, error, signal);
    }
    this.#options.onDone?.(job, outcome, performance.now() - started);
  }

  async #failed(job: ClaimedJob, error: unknown, signal: AbortSignal): Promise<JobOutcome> {
    if (signal.aborted) {
      await this.#handBack(job);
      return 'handed-back';
    }
    const { log } = this.#options;
    const message = maskText(error instanceof Error ? error.message : String(error));
    if (error instanceof TerminalError) {
      log.error({ kind: job.kind, subject: job.key, message }, 'a job cannot succeed');
      await this.#settle(() => this.#complete(job));
      return 'terminal';
    }
    const delayMs = retryDelay(job.attempt);
    log.warn(
      { kind: job.kind, subject: job.key, attempt: job.attempt, delayMs, message },
      'a job failed; trying again',
    );
    await this.#settle(() => this.#requeue(job, delayMs, job.attempt + 1));
    return 'failed';
  }

  /** What cannot be settled (database gone) lapses by itself and is handed out again. */
  async #settle(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'could not settle a job; its claim lapses');
    }
  }

  #complete(job: ClaimedJob): Promise<void> {
    return completeJob(this.#options.database.queue, job);
  }

  async #requeue(job: ClaimedJob, delayMs: number, attempt: number): Promise<void> {
    const { database } = this.#options;
    await database.prisma.$transaction((tx) => requeueJob(database.queue, tx, { job, delayMs, attempt }));
  }

  #handBack(job: ClaimedJob): Promise<void> {
    return this.#settle(() => this.#requeue(job, 0, job.attempt));
  }
}

function isKnown(kind: string): kind is JobKind {
  return JOB_KINDS.some((known) => known === kind);
}

/** 1, 2, 4 … 300 s, spread by a fifth either way so that jobs that failed together do not come back together. */
function retryDelay(attempt: number): number {
  const base = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 12));
  return Math.round(base * (0.8 + Math.random() * 0.4));
}
