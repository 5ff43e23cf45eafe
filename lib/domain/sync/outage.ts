/**
 * How an error is met while an operation runs. `outage`: the cluster or the Git server does not answer; it comes back.
 * `fault`: unforeseen, and perhaps for this moment only. `refusal`: a rule, the cluster or Git said no; asking again changes nothing.
 */
export type Trouble = 'outage' | 'fault' | 'refusal';

/** What hinders an operation, over several tries. */
export interface Hindrance {
  /** Tries in a row that failed, this one included; at least 1. */
  tries: number;
  /** Epoch milliseconds of the first of them. */
  since: number;
}

const FIRST_MS = 1_000;
const LAST_MS = 30_000;
const MOST_FAULTS = 5;

/**
 * Milliseconds until an operation is tried again (1, 2, 4 … 30 s), or null when it fails now: at once for a refusal, after
 * five faults in a row, and once an outage lasted longer than `patienceMs`. The last try falls on the end of the patience.
 */
export function retryOperationMs(
  trouble: Trouble,
  { tries, since }: Hindrance,
  { now, patienceMs }: { now: number; patienceMs: number },
): number | null {
  if (trouble === 'refusal' || (trouble === 'fault' && tries >= MOST_FAULTS)) return null;
  const left = since + patienceMs - now;
  if (left <= 0) return null;
  return Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 10), left);
}

/** What a person reads while an operation waits to be tried again. `message` is masked. */
export function describeRetry(message: string, { tries, delayMs }: { tries: number; delayMs: number }): string {
  const words = message.replace(/[.\s]+$/, '');
  return `${words}. Trying again in ${Math.ceil(delayMs / 1000)} s (failed ${tries === 1 ? 'once' : `${tries} times`}).`;
}
