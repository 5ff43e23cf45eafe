/** Counts events per key in a sliding window; holds at most `keys` keys and forgets the oldest. */
export class Limiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #keys: number;
  readonly #times = new Map<string, number[]>();

  constructor(options: { limit: number; windowMs: number; keys?: number }) {
    this.#limit = options.limit;
    this.#windowMs = options.windowMs;
    this.#keys = options.keys ?? 10_000;
  }

  /** Takes one; false when the key has had its share. `now` in milliseconds. */
  take(key: string, now: number): boolean {
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - this.#windowMs);
    const allowed = recent.length < this.#limit;
    if (allowed) recent.push(now);
    this.#times.delete(key);
    this.#times.set(key, recent);
    if (this.#times.size > this.#keys) this.#forgetOldest();
    return allowed;
  }

  /** Gives a key its whole share again. */
  clear(key: string): void {
    this.#times.delete(key);
  }

  #forgetOldest(): void {
    const [oldest] = this.#times.keys();
    if (oldest !== undefined) this.#times.delete(oldest);
  }
}
