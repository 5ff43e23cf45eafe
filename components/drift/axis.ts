import { clockTime, dateWords } from '#lib/client/format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far back the ledger looks, and the step of its ticks (milliseconds). */
export const RANGES = {
  '1h': { words: '1 hour', span: HOUR, step: 15 * MINUTE },
  '24h': { words: '24 hours', span: DAY, step: 6 * HOUR },
  '7d': { words: '7 days', span: 7 * DAY, step: 2 * DAY },
  '30d': { words: '30 days', span: 30 * DAY, step: 7 * DAY },
  '90d': { words: '90 days', span: 90 * DAY, step: 30 * DAY },
} as const;
export type Range = keyof typeof RANGES;
export const RANGE_NAMES: readonly Range[] = ['1h', '24h', '7d', '30d', '90d'];

/** Start of the range as a question to the server: it moves in steps, so that the same question is asked again. */
export function askedFrom(range: Range, now: number): string {
  const step = RANGES[range].span / 24;
  return new Date(Math.floor((now - RANGES[range].span) / step) * step).toISOString();
}

export interface Tick {
  /** Percent of the axis from its left end. */
  at: number;
  label: string;
}

/** Ticks at full steps of UTC. */
export function ticksOf(range: Range, now: number): Tick[] {
  const { span, step } = RANGES[range];
  const from = now - span;
  const ticks: Tick[] = [];
  for (let time = Math.ceil(from / step) * step; time <= now; time += step) {
    const day = new Date(time).toISOString().slice(0, 10);
    const label = step < DAY ? clockTime(time) : dateWords(day).replace(/ \d{4}$/, '');
    ticks.push({ at: (100 * (time - from)) / span, label });
  }
  return ticks;
}

export interface Bar {
  /** Percent of the axis. */
  left: number;
  width: number;
  /** It began before the axis does. */
  before: boolean;
}

/** Where a drift lies on the axis; `end` of null is now. Null when it ended before the axis begins. */
export function barOf(range: Range, now: number, { start, end }: { start: number; end: number | null }): Bar | null {
  const { span } = RANGES[range];
  const from = now - span;
  const until = Math.min(now, end ?? now);
  if (until < from) return null;
  const begin = Math.min(Math.max(start, from), until);
  // A short drift keeps a width that can be seen, and stays on the axis.
  const width = Math.max(0.6, (100 * (until - begin)) / span);
  return { left: Math.min(100 - width, (100 * (begin - from)) / span), width, before: start < from };
}
