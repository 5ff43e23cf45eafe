import { describe, expect, it } from 'vitest';
import { type AutomaticAttempt, type AutomaticSyncState, backoffSeconds, decideAutomaticSync } from './backoff.ts';

const NOW = 1_000_000;
const RETRY = { limit: 5, seconds: 2, factor: 3, maxSeconds: 300 };
const state = (change: Partial<AutomaticSyncState>): AutomaticSyncState => ({
  enabled: true,
  selfHeal: true,
  pending: true,
  drifted: false,
  identity: 'abc+prune',
  last: null,
  retry: RETRY,
  now: NOW,
  ...change,
});
const last = (change: Partial<AutomaticAttempt>): AutomaticAttempt => ({
  identity: 'abc+prune',
  outcome: 'failed',
  attempts: 1,
  at: NOW,
  ...change,
});

describe('backoffSeconds', () => {
  it('begins at its seconds, grows by its factor, and is capped', () => {
    const pauses = (retry: typeof RETRY) => [0, 1, 2, 3, 4, 5, 6, 7, 1000].map((tries) => backoffSeconds(tries, retry));
    expect(pauses(RETRY)).toEqual([0, 2, 6, 18, 54, 162, 300, 300, 300]);
    expect(pauses({ ...RETRY, seconds: 10, factor: 1 })).toEqual([0, 10, 10, 10, 10, 10, 10, 10, 10]);
    expect(pauses({ ...RETRY, seconds: 60, maxSeconds: 30 })).toEqual([0, 30, 30, 30, 30, 30, 30, 30, 30]);
  });
});

describe('decideAutomaticSync', () => {
  it.each<[string, Partial<AutomaticSyncState>, ReturnType<typeof decideAutomaticSync>]>([
    ['off', { enabled: false }, { action: 'none', reason: 'automatic sync is off' }],
    ['nothing to do', { pending: false }, { action: 'none', reason: 'in sync' }],
    [
      'drift without self-heal',
      { pending: false, drifted: true, selfHeal: false },
      { action: 'none', reason: 'drifted, and self-heal is off' },
    ],
    ['pending', {}, { action: 'sync', reason: 'pending change' }],
    ['drift', { pending: false, drifted: true }, { action: 'sync', reason: 'self-heal' }],
    ['running', { last: last({ outcome: 'running' }) }, { action: 'none', reason: 'a sync is running' }],
    ['failed just now', { last: last({}) }, { action: 'wait', reason: 'pending change after a pause', seconds: 2 }],
    ['failed a while ago', { last: last({ at: NOW - 2000 }) }, { action: 'sync', reason: 'pending change' }],
    [
      'failed twice',
      { last: last({ attempts: 2, at: NOW - 2500 }) },
      { action: 'wait', reason: 'pending change after a pause', seconds: 4 },
    ],
    [
      'failed for good',
      { last: last({ attempts: 5, at: 0 }) },
      { action: 'none', reason: 'this revision failed 5 times; waiting for a change or a click' },
    ],
    [
      'stopped by a person',
      { last: last({ outcome: 'stopped', at: 0 }) },
      { action: 'none', reason: 'a person stopped the sync of this revision; waiting for a change or a click' },
    ],
    [
      'stopped by a person, then another revision',
      { identity: 'def+prune', last: last({ outcome: 'stopped' }) },
      { action: 'sync', reason: 'pending change' },
    ],
    [
      'failed for good, then another revision',
      { identity: 'def+prune', last: last({ attempts: 5 }) },
      { action: 'sync', reason: 'pending change' },
    ],
    [
      'healed and drifted again at once',
      { pending: false, drifted: true, last: last({ outcome: 'succeeded', attempts: 3 }) },
      { action: 'wait', reason: 'self-heal after a pause', seconds: 18 },
    ],
    [
      'healed often: slow, never given up',
      { pending: false, drifted: true, last: last({ outcome: 'succeeded', attempts: 99 }) },
      { action: 'wait', reason: 'self-heal after a pause', seconds: 300 },
    ],
  ])('%s', (_name, change, decision) => expect(decideAutomaticSync(state(change))).toEqual(decision));
});
