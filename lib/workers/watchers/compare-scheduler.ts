import type { Logger } from 'pino';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import type { WorkerContext } from '#lib/services/context.ts';
import { compareApplication } from '#lib/services/drift/compare.ts';
import type { WatchedCluster } from '../live/live-cluster.ts';

/** Events of one change come in bursts; they are answered by one comparison. */
const DEBOUNCE_MS = 20;
/** Comparisons at once for one cluster, so that a slow one holds up nobody else. */
const PER_CLUSTER = 4;
const LAST_RETRY_MS = 60_000;

interface Pending {
  timer: NodeJS.Timeout | undefined;
  dueAt: number;
  running: boolean;
  again: boolean;
  failures: number;
}

/** Compares the applications of one cluster as they change: debounced, collapsed, a few at a time. */
export class CompareScheduler {
  readonly #ctx: WorkerContext;
  readonly #cluster: WatchedCluster;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #pending = new Map<string, Pending>();
  readonly #ready: string[] = [];
  readonly #abort = new AbortController();
  readonly #onLost: () => void;
  #running = 0;

  constructor(
    ctx: WorkerContext,
    { cluster, log, onLost }: { cluster: WatchedCluster; log: Pick<Logger, 'warn'>; onLost: () => void },
  ) {
    this.#ctx = ctx;
    this.#cluster = cluster;
    this.#log = log;
    this.#onLost = onLost;
  }

  /** Asks for a comparison; one under way is followed by another, so that nothing seen meanwhile is lost. */
  request(applicationId: string, delayMs = DEBOUNCE_MS): void {
    if (this.#abort.signal.aborted) return;
    const pending = this.#pending.get(applicationId) ?? {
      timer: undefined,
      dueAt: Infinity,
      running: false,
      again: false,
      failures: 0,
    };
    this.#pending.set(applicationId, pending);
    if (pending.running && delayMs <= DEBOUNCE_MS) {
      pending.again = true;
      return;
    }
    const dueAt = Date.now() + delayMs;
    if (pending.timer !== undefined && pending.dueAt <= dueAt) return;
    clearTimeout(pending.timer);
    pending.dueAt = dueAt;
    pending.timer = setTimeout(() => {
      pending.timer = undefined;
      pending.dueAt = Infinity;
      if (pending.running) {
        pending.again = true;
        return;
      }
      this.#ready.push(applicationId);
      this.#next();
    }, delayMs);
  }

  /** Ends every comparison and waits for those under way. */
  async stop(): Promise<void> {
    this.#abort.abort(new Error('the watch is stopping'));
    for (const pending of this.#pending.values()) clearTimeout(pending.timer);
    this.#ready.length = 0;
    while (this.#running > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  #next(): void {
    while (this.#running < PER_CLUSTER && !this.#abort.signal.aborted) {
      const applicationId = this.#ready.shift();
      const pending = applicationId === undefined ? undefined : this.#pending.get(applicationId);
      if (applicationId === undefined) return;
      if (!pending || pending.running) continue;
      pending.running = true;
      this.#running += 1;
      void this.#compare(applicationId, pending).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  async #compare(applicationId: string, pending: Pending): Promise<void> {
    let againMs: number | null = null;
    try {
      const compared = await compareApplication(this.#ctx, applicationId, this.#cluster, this.#abort.signal);
      pending.failures = 0;
      if (compared.outcome === 'lost') this.#onLost();
      if (compared.outcome === 'compared') againMs = compared.againMs;
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      againMs = Math.min(LAST_RETRY_MS, 1_000 * 2 ** pending.failures);
      pending.failures += 1;
      const message = maskText(error instanceof Error ? error.message : String(error));
      this.#log.warn({ application: applicationId, message, againMs }, 'a comparison failed; trying again');
    } finally {
      pending.running = false;
    }
    const wanted = pending.again ? DEBOUNCE_MS : againMs;
    pending.again = false;
    if (wanted !== null) this.request(applicationId, wanted);
    else if (pending.timer === undefined && !this.#ready.includes(applicationId)) this.#pending.delete(applicationId);
  }
}
