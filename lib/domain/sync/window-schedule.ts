import { Cron } from 'croner';

/** A stretch of time, epoch milliseconds; it begins with `from` and has ended at `until` (null: no end in sight). */
export interface Opening {
  from: number;
  until: number | null;
}

/** A schedule with its duration, read and ready to be asked. */
export interface WindowClock {
  durationMs: number;
  /** The first start after a moment (epoch milliseconds, exclusive); null when there is none. */
  next(after: number): number | null;
}

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { d: 1_440 * MINUTE, h: 60 * MINUTE, m: MINUTE };

/** Joins of overlapping starts after which an opening counts as one without end. */
const MOST_JOINS = 100;
const FIELD = /^(\*|[0-9a-z]+(-[0-9a-z]+)?)(\/[0-9]+)?(,(\*|[0-9a-z]+(-[0-9a-z]+)?)(\/[0-9]+)?)*$/i;
/** Letters are for names alone: `L`, `W` and `#` are not in the five-field cron that people share. */
const NAMES = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat/gi;
/** A leap year, so that 29 February comes soon. */
const PROBE_FROM = Date.UTC(2024, 0, 1);

/** `1h30m`, `2d`, `45m` as milliseconds; null when it is not written so. */
export function parseDuration(text: string): number | null {
  const parts = /^(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?$/.exec(text);
  if (parts === null || text === '') return null;
  return ['d', 'h', 'm'].reduce((sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * (UNITS[unit] ?? 0), 0);
}

/** Whether this runtime knows the IANA time zone. Offsets such as `+01:00` are not names: they have no summer time. */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What is wrong with a schedule, in words, or null. */
export function scheduleProblem(schedule: string): string | null {
  const shape = 'Write five fields, minute hour day month weekday, such as "0 22 * * 1-5".';
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `${shape} This has ${schedule.trim() === '' ? 0 : fields.length}.`;
  const odd = fields.find((field) => !FIELD.test(field) || /[a-z]/i.test(field.replace(NAMES, '')));
  if (odd !== undefined) return `"${odd}" is not a number, a name, a range, a list or a step. ${shape}`;
  try {
    const first = new Cron(fields.join(' '), { mode: '5-part', paused: true, timezone: 'UTC' }).nextRun(
      new Date(PROBE_FROM),
    );
    return first === null ? 'No day of any year matches it, so the window would never begin.' : null;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : '';
    return `${why}. ${shape}`;
  }
}

/**
 * Reads the schedule of a window; null when it cannot be read. Summer time as Vixie cron has it: a single time of day
 * that the clock skips begins at the first minute after the gap, one that comes twice begins the first time only; lists,
 * ranges and steps begin whenever the clock on the wall matches.
 */
export function readClock(window: { schedule: string; duration: string; timeZone: string }): WindowClock | null {
  const durationMs = parseDuration(window.duration);
  if (durationMs === null || durationMs <= 0 || !isTimeZone(window.timeZone)) return null;
  if (scheduleProblem(window.schedule) !== null) return null;
  const cron = new Cron(window.schedule.trim().replace(/\s+/g, ' '), {
    mode: '5-part',
    paused: true,
    timezone: window.timeZone,
  });
  return { durationMs, next: (after) => cron.nextRun(new Date(after))?.getTime() ?? null };
}

/** The opening that is open at a moment, else the next one; null when none comes. Starts that overlap or touch are one. */
export function openingFrom(clock: WindowClock, now: number): Opening | null {
  const { durationMs } = clock;
  const from = clock.next(now - durationMs);
  if (from === null) return null;
  let start = from;
  for (let join = 0; join < MOST_JOINS; join += 1) {
    const until = start + durationMs;
    const follower = lateStart(clock, start, until);
    if (follower === null) return { from, until };
    start = follower;
  }
  return { from, until: null };
}

/** A start after `start` and not after `until`; of many, one near the end, so that dense schedules take few questions. */
function lateStart(clock: WindowClock, start: number, until: number): number | null {
  const late = clock.next(until - Math.floor(clock.durationMs / 8));
  if (late !== null && late <= until) return late;
  const next = clock.next(start);
  return next !== null && next <= until ? next : null;
}

/** The openings from a moment on, the one that is open now included; at most `count`. */
export function nextOpenings(clock: WindowClock, now: number, count: number): Opening[] {
  const openings: Opening[] = [];
  let at: number | null = now;
  while (at !== null && openings.length < count) {
    const opening = openingFrom(clock, at);
    if (opening === null) break;
    openings.push(opening);
    at = opening.until;
  }
  return openings;
}
