import { isTimeZone, type Opening, parseDuration } from './window-schedule.ts';
import type { SyncWindow, WindowVerdict } from './windows.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const SHORT_DAYS = DAYS.map((day) => day.slice(0, 3).toLowerCase());
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY_MS = 86_400_000;

/** `Deny every Friday 16:00 for 3 days, Europe/Berlin, production-*`. */
export function describeWindow(window: SyncWindow): string {
  const kind = window.kind === 'deny' ? 'Deny' : 'Allow';
  return `${kind} ${scheduleWords(window.schedule)} for ${durationWords(window.duration)}, ${window.timeZone}, ${coverageWords(window)}`;
}

/** What people call it: its description, else what it does. */
export function windowName(window: SyncWindow): string {
  return window.description === '' ? `"${describeWindow(window)}"` : `"${window.description}"`;
}

/** `every Friday 16:00`, `Monday to Friday 22:00`, `every day 02:30`; what has no plain words stays as it is written. */
export function scheduleWords(schedule: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule.trim().split(/\s+/);
  const plain = /^\d{1,2}$/;
  if (!plain.test(minute) || !plain.test(hour) || month !== '*') return `at ${schedule.trim()}`;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return `every day ${time}`;
  if (weekday === '*' && plain.test(day)) return `on day ${Number(day)} of every month ${time}`;
  const days = day === '*' ? weekdayWords(weekday) : null;
  return days === null ? `at ${schedule.trim()}` : `${days} ${time}`;
}

function weekdayWords(field: string): string | null {
  const range = field.split('-');
  if (range.length === 2) {
    const [from, to] = range.map(dayName);
    return from && to ? `${from} to ${to}` : null;
  }
  const names = field.split(',').map(dayName);
  if (names.some((name) => name === null)) return null;
  return `every ${names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`}`;
}

function dayName(text: string): string | null {
  if (/^[0-7]$/.test(text)) return DAYS[Number(text) % 7] ?? null;
  return DAYS[SHORT_DAYS.indexOf(text.toLowerCase())] ?? null;
}

/** `1h30m` as `1 hour 30 minutes`; as it is written when it cannot be read. */
export function durationWords(duration: string): string {
  const milliseconds = parseDuration(duration);
  if (milliseconds === null) return duration;
  const minutes = Math.round(milliseconds / 60_000);
  const parts = [
    [Math.floor(minutes / 1_440), 'day'],
    [Math.floor((minutes % 1_440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return words.join(' ') || '0 minutes';
}

/** `production-* or namespace shop`; every application where a list says so. */
export function coverageWords(window: SyncWindow): string {
  const lists = [
    { one: '', many: '', globs: window.applications },
    { one: 'namespace ', many: 'namespaces ', globs: window.namespaces },
    { one: 'cluster ', many: 'clusters ', globs: window.clusters },
  ].filter(({ globs }) => globs.length > 0);
  const isAll = (globs: string[]) => globs.includes('*');
  if (window.andOperator ? lists.every(({ globs }) => isAll(globs)) : lists.some(({ globs }) => isAll(globs))) {
    return 'every application';
  }
  return lists
    .map(({ one, many, globs }) => `${globs.length === 1 ? one : many}${globs.join(', ')}`)
    .join(window.andOperator ? ' and ' : ' or ');
}

/** A moment on the clock of a time zone: `02:00 Europe/Berlin`, with its day when it is not within a day. */
export function momentWords(at: number, { now, timeZone }: { now: number; timeZone: string }): string {
  const { day, time, zone } = wallWords(at, timeZone);
  return Math.abs(at - now) < DAY_MS ? `${time} ${zone}` : `${day} ${time} ${zone}`;
}

/** From when to when, on the clock of a time zone: `Fri 27 Nov 16:00 to Mon 30 Nov 16:00`. */
export function openingWords({ from, until }: Opening, timeZone: string): string {
  const begin = wallWords(from, timeZone);
  const words = `${begin.day} ${begin.time}`;
  if (until === null) return `${words}, without end`;
  const end = wallWords(until, timeZone);
  return end.day === begin.day ? `${words} to ${end.time}` : `${words} to ${end.day} ${end.time}`;
}

/** A zone that this runtime does not know is read in UTC, and says so. */
function wallWords(at: number, timeZone: string): { day: string; time: string; zone: string } {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const month = MONTHS[Number(of('month')) - 1] ?? '';
  return { day: `${of('weekday')} ${Number(of('day'))} ${month}`, time: `${of('hour')}:${of('minute')}`, zone };
}

function untilWords({ opensAt, closedBy }: WindowVerdict, now: number): string {
  if (opensAt === null) return 'with no end in sight';
  return `until ${momentWords(opensAt, { now, timeZone: closedBy?.timeZone ?? 'UTC' })}`;
}

/** Why automatic sync waits: `Automatic sync waits for the window "nightly", opens 02:00 Europe/Berlin.`; '' when open. */
export function automaticWords(verdict: WindowVerdict, now: number): string {
  const { closedBy, opensAt } = verdict;
  if (closedBy === null) return '';
  const name = windowName(closedBy);
  if (closedBy.kind === 'deny')
    return `Automatic sync waits: the window ${name} denies it ${untilWords(verdict, now)}.`;
  const opens =
    opensAt === null ? 'which never opens' : `opens ${momentWords(opensAt, { now, timeZone: closedBy.timeZone })}`;
  return `Automatic sync waits for the window ${name}, ${opens}.`;
}

/** What a person who wants to act is told; '' when open. */
export function manualWords(name: string, verdict: WindowVerdict, now: number): string {
  const closed = closedWords(name, verdict, now);
  if (closed === '') return '';
  return verdict.manual === 'overridable'
    ? `${closed} It lets people through: this goes on all the same.`
    : `${closed} Wait until then, or let an administrator change the project's windows.`;
}

/** What stands on the application's page; '' when open. */
export function standingWords(
  name: string,
  verdict: WindowVerdict,
  { automated, now }: { automated: boolean; now: number },
): string {
  if (verdict.open) return '';
  const what = automated ? automaticWords(verdict, now) : closedWords(name, verdict, now);
  return `${what} ${verdict.manual === 'overridable' ? 'A person may sync all the same.' : 'Nobody may sync by hand until then.'}`;
}

function closedWords(name: string, verdict: WindowVerdict, now: number): string {
  const { closedBy } = verdict;
  if (closedBy === null) return '';
  const window = windowName(closedBy);
  const until = untilWords(verdict, now);
  return closedBy.kind === 'deny'
    ? `The sync window ${window} denies syncs of ${name} ${until}.`
    : `${name} is outside its sync window ${window} ${until}.`;
}
