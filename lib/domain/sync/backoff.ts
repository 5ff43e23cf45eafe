/** How the pauses between attempts grow. */
export interface RetryPolicy {
  /** Tries of one failing identity, at least 1. */
  limit: number;
  /** The first pause. */
  seconds: number;
  factor: number;
  maxSeconds: number;
}

/** Seconds to wait before the next automatic attempt after `attempts` in a row (0 = the first, at once): by 2, 3 and 300 it is 0, 2, 6, 18, 54, 162, 300, 300… */
export function backoffSeconds(attempts: number, { seconds, factor, maxSeconds }: RetryPolicy): number {
  if (attempts <= 0) return 0;
  return Math.min(maxSeconds, seconds * factor ** (attempts - 1));
}

/** What the last automatic attempt was for and how it went. `identity` covers all that could change its outcome. */
export interface AutomaticAttempt {
  /** Revision and options (and, for self-heal, nothing else) as one text. */
  identity: string;
  /** `stopped`: a person ended it before everything was applied. */
  outcome: 'running' | 'succeeded' | 'failed' | 'stopped';
  /** Attempts in a row with this identity, at least 1. */
  attempts: number;
  /** Epoch milliseconds of its end (its start while running). */
  at: number;
}

export interface AutomaticSyncState {
  /** Automatic sync is on. */
  enabled: boolean;
  selfHeal: boolean;
  /** Git moved: the target differs from what was deployed. */
  pending: boolean;
  /** Live moved: an object differs from what was deployed. */
  drifted: boolean;
  identity: string;
  last: AutomaticAttempt | null;
  retry: RetryPolicy;
  /** Epoch milliseconds. */
  now: number;
}

export type AutomaticSyncDecision =
  | { action: 'none'; reason: string }
  | { action: 'wait'; reason: string; seconds: number }
  | { action: 'sync'; reason: 'pending change' | 'self-heal' };

/**
 * Whether to sync by itself now. A revision that failed is not tried for ever: after `retry.limit` tries with the same
 * revision and options it rests until one of them changes. Self-heal that keeps losing to another writer slows down to the longest pause.
 */
export function decideAutomaticSync(state: AutomaticSyncState): AutomaticSyncDecision {
  if (!state.enabled) return { action: 'none', reason: 'automatic sync is off' };
  if (!state.pending && !state.drifted) return { action: 'none', reason: 'in sync' };
  if (!state.pending && !state.selfHeal) return { action: 'none', reason: 'drifted, and self-heal is off' };
  const reason = state.pending ? 'pending change' : 'self-heal';
  const last = state.last?.identity === state.identity ? state.last : null;
  if (last === null) return { action: 'sync', reason };
  if (last.outcome === 'running') return { action: 'none', reason: 'a sync is running' };
  if (last.outcome === 'stopped') {
    return { action: 'none', reason: 'a person stopped the sync of this revision; waiting for a change or a click' };
  }
  if (last.outcome === 'failed' && last.attempts >= state.retry.limit) {
    return { action: 'none', reason: `this revision failed ${last.attempts} times; waiting for a change or a click` };
  }
  const seconds = Math.ceil((last.at - state.now) / 1000) + backoffSeconds(last.attempts, state.retry);
  return seconds > 0 ? { action: 'wait', reason: `${reason} after a pause`, seconds } : { action: 'sync', reason };
}
