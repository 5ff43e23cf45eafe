import { describe, expect, it } from 'vitest';
import { askedFrom, barOf, RANGE_NAMES, ticksOf } from './axis.ts';

const NOW = Date.parse('2026-11-24T14:20:00Z');
const HOUR = 3_600_000;

describe('ticksOf', () => {
  it('ticks at full steps', () => {
    expect(ticksOf('1h', NOW).map((tick) => tick.label)).toEqual(['13:30', '13:45', '14:00', '14:15']);
    expect(ticksOf('24h', NOW).map((tick) => tick.label)).toEqual(['18:00', '00:00', '06:00', '12:00']);
  });
  it.each(RANGE_NAMES)('stays on the axis of %s', (range) => {
    const places = ticksOf(range, NOW).map((tick) => tick.at);
    expect(places.length).toBeGreaterThan(1);
    expect(places.every((at) => at >= 0 && at <= 100)).toBe(true);
  });
});

describe('barOf', () => {
  it('lies from first seen to closed', () => {
    expect(barOf('24h', NOW, { start: NOW - 12 * HOUR, end: NOW - 6 * HOUR })).toEqual({
      left: 50,
      width: 25,
      before: false,
    });
  });
  it('reaches now while it is open, and says when it began before the axis', () => {
    expect(barOf('24h', NOW, { start: NOW - 100 * HOUR, end: null })).toEqual({ left: 0, width: 100, before: true });
  });
  it('keeps a short one visible and inside', () => {
    const bar = barOf('90d', NOW, { start: NOW - 1000, end: null });
    expect(bar?.width).toBeGreaterThan(0.5);
    expect((bar?.left ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(100);
  });
  it('is none when it ended before the axis begins', () => {
    expect(barOf('1h', NOW, { start: NOW - 9 * HOUR, end: NOW - 2 * HOUR })).toBeNull();
  });
});

it('asks the same question for a while', () => {
  expect(askedFrom('24h', NOW)).toBe(askedFrom('24h', NOW + 60_000));
  expect(Date.parse(askedFrom('24h', NOW))).toBeLessThanOrEqual(NOW - 24 * HOUR);
});
