import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRetry, retryOperationMs, type Trouble } from './outage.ts';

const NOW = 1_000_000;
const PATIENCE = 300_000;

describe('retryOperationMs', () => {
  it.each<[trouble: Trouble, tries: number, elapsedMs: number, expected: number | null]>([
    ['outage', 1, 0, 1_000],
    ['outage', 2, 1_000, 2_000],
    ['outage', 5, 15_000, 16_000],
    ['outage', 6, 31_000, 30_000],
    ['outage', 60, 100_000, 30_000],
    ['outage', 12, 290_000, 10_000],
    ['outage', 13, 300_000, null],
    ['outage', 2, 900_000, null],
    ['fault', 1, 0, 1_000],
    ['fault', 4, 7_000, 8_000],
    ['fault', 5, 15_000, null],
    ['fault', 2, 300_000, null],
    ['refusal', 1, 0, null],
  ])('%s, %i in a row, for %i ms: %j', (trouble, tries, elapsedMs, expected) => {
    const hindrance = { tries, since: NOW - elapsedMs };
    expect(retryOperationMs(trouble, hindrance, { now: NOW, patienceMs: PATIENCE })).toBe(expected);
  });

  it('always ends, and never later than the patience', () => {
    fc.assert(
      fc.property(fc.constantFrom<Trouble>('outage', 'fault'), fc.integer({ min: 0, max: 600_000 }), (trouble, ms) => {
        let now = NOW;
        for (let tries = 1; ; tries += 1) {
          const delay = retryOperationMs(trouble, { tries, since: NOW }, { now, patienceMs: ms });
          if (delay === null) break;
          expect(delay).toBeGreaterThan(0);
          now += delay;
        }
        expect(now).toBeLessThanOrEqual(NOW + ms);
      }),
    );
  });
});

describe('describeRetry', () => {
  it.each([
    ['connection refused', 1, 1_000, 'connection refused. Trying again in 1 s (failed once).'],
    ['No answer.', 3, 3_500, 'No answer. Trying again in 4 s (failed 3 times).'],
  ])('%s after %i', (message, tries, delayMs, expected) => {
    expect(describeRetry(message, { tries, delayMs })).toBe(expected);
  });
});
