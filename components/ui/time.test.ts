import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { steppedNow } from './time.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the time of the page', () => {
  it('is right at once after an hour in which no timer ran', () => {
    vi.setSystemTime(1_000_000_000_000);
    steppedNow();
    vi.setSystemTime(1_000_003_600_000);
    expect(steppedNow()).toBe(1_000_003_600_000);
  });

  it('moves every five seconds and not between', () => {
    const seen = [0, 1, 2_500, 4_999, 5_000, 9_999, 10_000].map((after) => {
      vi.setSystemTime(1_000_000_000_000 + after);
      return steppedNow() - 1_000_000_000_000;
    });
    expect(seen).toEqual([0, 0, 0, 0, 5_000, 5_000, 10_000]);
  });
});
