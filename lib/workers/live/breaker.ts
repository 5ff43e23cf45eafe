import { ClusterError, type ClusterErrorReason } from '#lib/ports/cluster.ts';

/** Failures that say the cluster itself does not answer. */
const OUTAGES: ReadonlySet<ClusterErrorReason> = new Set(['unreachable', 'timeout', 'tls']);
const OPENS_AFTER = 3;
const FIRST_REST_MS = 2_000;
const LAST_REST_MS = 30_000;

/** Lets a cluster that does not answer rest: while open, callers are refused at once instead of waiting for a timeout. */
export class Breaker {
  #failures = 0;
  #openUntil = 0;
  #reason = '';
  /** Called with each outage counted. */
  onOutage: () => void = () => undefined;
  readonly #name: string;
  readonly #now: () => number;

  constructor(name: string, now: () => number) {
    this.#name = name;
    this.#now = now;
  }

  /** Throws ClusterError 'unreachable' while open. */
  check(): void {
    if (this.#now() >= this.#openUntil) return;
    throw new ClusterError('unreachable', `Cluster ${this.#name} does not answer: ${this.#reason}`);
  }

  succeed(): void {
    this.#failures = 0;
    this.#openUntil = 0;
  }

  fail(error: unknown): void {
    if (!(error instanceof ClusterError) || !OUTAGES.has(error.reason)) return;
    this.#failures += 1;
    this.#reason = error.message;
    this.onOutage();
    if (this.#failures < OPENS_AFTER) return;
    const rest = Math.min(LAST_REST_MS, FIRST_REST_MS * 2 ** (this.#failures - OPENS_AFTER));
    this.#openUntil = this.#now() + rest;
  }
}
