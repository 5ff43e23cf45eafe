import { setTimeout as sleep } from 'node:timers/promises';

/** Pauses that end early when somebody wakes all sleepers: an outage is over, or has just begun. */
export class Nap {
  #bell = new AbortController();

  /** Ends after `milliseconds`, at the next {@link wake}, or when the signal aborts; never throws. */
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#bell.signal]);
    await sleep(milliseconds, undefined, { signal: either }).catch(() => undefined);
  }

  wake(): void {
    const bell = this.#bell;
    this.#bell = new AbortController();
    bell.abort();
  }
}
