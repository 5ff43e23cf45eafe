import { ClusterError } from '#lib/ports/cluster.ts';

/** At most `size` holders at once, first come first served. */
export class Slots {
  readonly #size: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Waits for a slot; the answer gives it back. Throws ClusterError 'timeout' after `waitMs`, and when the signal aborts. */
  async take(what: string, waitMs: number, signal: AbortSignal | undefined): Promise<() => void> {
    if (signal?.aborted) throw abortedError(what);
    if (this.#taken >= this.#size) await this.#wait(what, waitMs, signal);
    else this.#taken += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken -= 1;
    };
  }

  async #wait(what: string, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const leave = (error?: ClusterError) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        if (error === undefined) return resolve();
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        return reject(error);
      };
      const enter = () => leave();
      const onAbort = () => leave(abortedError(what));
      const timer = setTimeout(
        () =>
          leave(
            new ClusterError(
              'timeout',
              `Cannot ${what}: ${this.#size} other calls to this cluster are waiting for its answer`,
            ),
          ),
        waitMs,
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(enter);
    });
  }
}

export const abortedError = (what: string) => new ClusterError('timeout', `Cannot ${what}: it was cancelled`);
