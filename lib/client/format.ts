const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now` (ten seconds either way: clocks differ), `4 min ago`, `in 2 h`; days up to two months, then the date. */
export function relativeTime(at: string | number, now: number): string {
  const time = typeof at === 'number' ? at : Date.parse(at);
  const distance = Math.abs(now - time);
  const words = spanWords(distance);
  if (words === null) return new Date(time).toISOString().slice(0, 10);
  if (distance < 10_000) return 'just now';
  return time > now ? `in ${words}` : `${words} ago`;
}

/** `40 s`, `4 min`, `2 h`, `12 d`; null beyond 60 days. */
export function spanWords(milliseconds: number): string | null {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  if (milliseconds < 60 * DAY) return `${Math.floor(milliseconds / DAY)} d`;
  return null;
}

/** `2 m 04 s`, `850 ms`, `1 h 02 m`. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const pad = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${pad(Math.floor((seconds % 3600) / 60))} m`;
}

/** Thin spaces between thousands: `48 211`. */
export function countWords(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `1 cluster`, `3 clusters`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${countWords(value)} ${value === 1 ? one : many}`;
}

/** `2026-03-01 14:05:22 UTC`. */
export function utcTime(at: string | number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day of UTC (`2026-11-24`) as `Today`, `Yesterday` or `24 Nov 2026`. */
export function dayWords(day: string, now: number): string {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  if (day === dayOf(now)) return 'Today';
  if (day === dayOf(now - DAY)) return 'Yesterday';
  return dateWords(day);
}

/** `2026-11-24` as `24 Nov 2026`. */
export function dateWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Hours and minutes in UTC, the same on server and browser. */
export function clockTime(at: string | number): string {
  return new Date(at).toISOString().slice(11, 16);
}

export function shortSha(sha: string): string {
  return /^[0-9a-f]{12,}$/.test(sha) ? sha.slice(0, 7) : sha;
}

/** `group/Kind/namespace/name` in words: `Deployment web`; of a hook without the phase that its key ends in. */
export function objectWords(key: string): string {
  const parts = key.replace(/@[A-Za-z]+$/, '').split('/');
  return `${parts.at(-3) ?? ''} ${parts.at(-1) ?? ''}`.trim() || key;
}

export function oneLine(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'not set');
}
