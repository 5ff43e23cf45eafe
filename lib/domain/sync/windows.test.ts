import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nextOpenings, parseDuration, readClock, scheduleProblem } from './window-schedule.ts';
import { checkWindow, covers, judgeWindows, type SyncWindow } from './windows.ts';

const SUBJECT = { application: 'production-web', namespace: 'shop', cluster: 'eu-1' };
const window = (change: Partial<SyncWindow> = {}): SyncWindow => ({
  kind: 'deny',
  schedule: '0 22 * * *',
  duration: '4h',
  timeZone: 'UTC',
  applications: ['*'],
  namespaces: [],
  clusters: [],
  andOperator: false,
  manualSync: false,
  description: '',
  ...change,
});
const at = (iso: string) => Date.parse(iso);
const judge = (windows: SyncWindow[], iso: string) => judgeWindows(windows, { ...SUBJECT, now: at(iso) });
const brief = (windows: SyncWindow[], iso: string) => {
  const { open, manual, closedBy, changesAt, opensAt } = judge(windows, iso);
  const text = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString().slice(0, 16));
  return [open ? 'open' : 'closed', manual, windows.indexOf(closedBy ?? window()), text(changesAt), text(opensAt)];
};

const allow = window({ kind: 'allow' });
const deny = window({ schedule: '0 23 * * *', duration: '1h' });
const CASES: [name: string, windows: SyncWindow[], iso: string, verdict: ReturnType<typeof brief>][] = [
  ['no window', [], '2026-11-24T12:00:00Z', ['open', 'open', -1, null, null]],
  ['deny ahead', [window()], '2026-11-24T12:00:00Z', ['open', 'open', -1, '2026-11-24T22:00', null]],
  [
    'deny from its minute',
    [window()],
    '2026-11-24T22:00:00Z',
    ['closed', 'closed', 0, '2026-11-25T02:00', '2026-11-25T02:00'],
  ],
  [
    'deny to the last moment',
    [window()],
    '2026-11-25T01:59:59.999Z',
    ['closed', 'closed', 0, '2026-11-25T02:00', '2026-11-25T02:00'],
  ],
  ['deny over', [window()], '2026-11-25T02:00:00Z', ['open', 'open', -1, '2026-11-25T22:00', null]],
  ['outside allow', [allow], '2026-11-24T12:00:00Z', ['closed', 'closed', 0, '2026-11-24T22:00', '2026-11-24T22:00']],
  ['inside allow', [allow], '2026-11-24T23:00:00Z', ['open', 'open', -1, '2026-11-25T02:00', null]],
  [
    'deny wins inside allow',
    [allow, deny],
    '2026-11-24T23:30:00Z',
    ['closed', 'closed', 1, '2026-11-25T00:00', '2026-11-25T00:00'],
  ],
  [
    'deny ends outside allow: opens with the next allow',
    [window({ kind: 'allow', duration: '2h' }), window({ schedule: '0 23 * * *', duration: '2h' })],
    '2026-11-24T23:30:00Z',
    ['closed', 'closed', 1, '2026-11-25T01:00', '2026-11-25T22:00'],
  ],
  [
    'any allow is enough',
    [allow, window({ kind: 'allow', schedule: '0 12 * * *' })],
    '2026-11-24T13:00:00Z',
    ['open', 'open', -1, '2026-11-24T16:00', null],
  ],
  [
    'overridable',
    [window({ manualSync: true })],
    '2026-11-24T23:00:00Z',
    ['closed', 'overridable', 0, '2026-11-25T02:00', '2026-11-25T02:00'],
  ],
  [
    'one of two closers does not let people through',
    [window({ manualSync: true, duration: '6h' }), deny],
    '2026-11-24T23:30:00Z',
    ['closed', 'closed', 1, '2026-11-25T00:00', '2026-11-25T04:00'],
  ],
  [
    'an overridable deny outside an allow that is not',
    [window({ kind: 'allow', schedule: '0 2 * * *' }), window({ manualSync: true })],
    '2026-11-24T23:30:00Z',
    ['closed', 'closed', 0, '2026-11-25T02:00', '2026-11-25T02:00'],
  ],
  [
    'all allows outside let people through',
    [window({ kind: 'allow', manualSync: true })],
    '2026-11-24T12:00:00Z',
    ['closed', 'overridable', 0, '2026-11-24T22:00', '2026-11-24T22:00'],
  ],
  [
    'starts that overlap are one',
    [window({ schedule: '0 22,23 * * *', duration: '1h30m' })],
    '2026-11-24T22:15:00Z',
    ['closed', 'closed', 0, '2026-11-25T00:30', '2026-11-25T00:30'],
  ],
  [
    'starts that touch are one',
    [window({ schedule: '0 22,23 * * *', duration: '1h' })],
    '2026-11-24T22:15:00Z',
    ['closed', 'closed', 0, '2026-11-25T00:00', '2026-11-25T00:00'],
  ],
  [
    'always',
    [window({ schedule: '* * * * *', duration: '7d' })],
    '2026-11-24T12:00:00Z',
    ['closed', 'closed', 0, null, null],
  ],
  ['not covered', [window({ applications: ['staging-*'] })], '2026-11-24T23:00:00Z', ['open', 'open', -1, null, null]],
  [
    'Friday to Monday in Berlin',
    [window({ schedule: '0 16 * * 5', duration: '3d', timeZone: 'Europe/Berlin' })],
    '2026-11-28T09:00:00Z',
    ['closed', 'closed', 0, '2026-11-30T15:00', '2026-11-30T15:00'],
  ],
  [
    'Friday before the last Sunday of October lasts 72 hours, so it ends an hour earlier on the wall',
    [window({ schedule: '0 16 * * 5', duration: '3d', timeZone: 'Europe/Berlin' })],
    '2026-10-25T09:00:00Z',
    ['closed', 'closed', 0, '2026-10-26T14:00', '2026-10-26T14:00'],
  ],
  [
    'skipped 02:30 begins after the gap',
    [window({ schedule: '30 2 * * *', duration: '1h', timeZone: 'Europe/Berlin' })],
    '2026-03-29T01:00:00Z',
    ['closed', 'closed', 0, '2026-03-29T02:00', '2026-03-29T02:00'],
  ],
  [
    'doubled 02:30 begins once',
    [window({ schedule: '30 2 * * *', duration: '30m', timeZone: 'Europe/Berlin' })],
    '2026-10-25T01:30:00Z',
    ['open', 'open', -1, '2026-10-26T01:30', null],
  ],
  [
    'a schedule that cannot be read closes when it denies',
    [window({ schedule: 'nonsense' })],
    '2026-11-24T12:00:00Z',
    ['closed', 'closed', 0, null, null],
  ],
  [
    'and never opens when it allows',
    [window({ kind: 'allow', timeZone: 'Mars/Olympus' })],
    '2026-11-24T12:00:00Z',
    ['closed', 'closed', 0, null, null],
  ],
];

describe('judgeWindows', () => {
  test.each(CASES)('%s', (_name, windows, iso, verdict) => {
    expect(brief(windows, iso)).toEqual(verdict);
  });
});

test.each([
  ['any list', { applications: ['staging-*'], namespaces: ['shop'] }, true],
  ['no list', { applications: ['staging-*'], namespaces: ['other'] }, false],
  ['both lists', { applications: ['production-*'], clusters: ['eu-?'], andOperator: true }, true],
  ['one of both', { applications: ['production-*'], clusters: ['us-*'], andOperator: true }, false],
  ['no list given', { applications: [] }, false],
  ['a name in full', { applications: ['production'] }, false],
])('covers by %s', (_name, change, covered) => {
  expect(covers(window(change), SUBJECT)).toBe(covered);
});

describe('checkWindow', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkWindow(window({ schedule: '*/15 8-18 1,15 jan-mar MON-FRI', duration: '1d2h3m' }))).toEqual([]);
  });
  test.each([
    ['schedule', '', /five fields.*This has 0/],
    ['schedule', '* * * *', /five fields.*This has 4/],
    ['schedule', '@daily', /This has 1/],
    ['schedule', '60 * * * *', /Invalid value for minute: 60\. Write five fields/],
    ['schedule', '0 0 L * *', /"L" is not a number/],
    ['schedule', '0 0 * * 1#2', /"1#2" is not a number/],
    ['schedule', '0 0 30 2 *', /would never begin/],
    ['duration', '90', /such as 1h30m/],
    ['duration', '30m1h', /such as 1h30m/],
    ['duration', '0m', /a minute at least/],
    ['duration', '7d1m', /seven days at most/],
    ['timeZone', 'Berlin', /no time zone "Berlin".*Europe\/Berlin/],
    ['timeZone', '+01:00', /no time zone/],
    ['applications', ['{a,b}'], /not a pattern of names/],
    ['namespaces', ['a*b*c*d*e*'], /more than 4 stars/],
    ['applications', [], /at least one application/],
  ] as const)('%s %j', (field, value, words) => {
    const problems = checkWindow({ ...window(), [field]: value });
    expect(problems).toEqual([{ field, message: expect.stringMatching(words) }]);
  });
});

test('nextOpenings begins with the one that is open', () => {
  const clock = readClock(window());
  const openings = clock === null ? [] : nextOpenings(clock, at('2026-11-24T23:00:00Z'), 3);
  expect(openings.map(({ from }) => new Date(from).toISOString().slice(0, 13))).toEqual([
    '2026-11-24T22',
    '2026-11-25T22',
    '2026-11-26T22',
  ]);
});

describe('against every minute read one by one', () => {
  const MINUTE = 60_000;
  const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Havana'];
  /** Days around changes to and from summer time, and one without. */
  const DAYS = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2026-07-15'];
  const times = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 4 })).map(([m, h]) => `${m} ${h}`),
    fc.constantFrom('0 *', '*/15 1-3', '30 0,2', '5 */2', '10,40 1,2,3', '0 22-23'),
  );
  const days = fc.constantFrom('* * *', '* * 0', '* * 6,0', '1-8 * *', '4 10 *', '* * 1-5', '25 * sun');
  const durations = fc.constantFrom('1m', '17m', '1h', '1h30m', '5h', '1d', '1d6h');
  const zones = fc.constantFrom(...ZONES);
  const moments = fc
    .tuple(fc.constantFrom(...DAYS), fc.integer({ min: -1_440, max: 2_160 }))
    .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * MINUTE);

  it('open and closed agree, summer time included', () => {
    const property = fc.property(times, days, durations, zones, moments, (time, day, duration, timeZone, now) => {
      const schedule = `${time} ${day}`;
      const verdict = judgeWindows([window({ schedule, duration, timeZone })], { ...SUBJECT, now });
      const span = parseDuration(duration) ?? 0;
      const starts = startsByMinute(schedule, timeZone, { from: now - span - 4 * 60 * MINUTE, to: now + 360 * MINUTE });
      const closed = (moment: number) => starts.some((start) => start <= moment && moment < start + span);
      expect(verdict.open).toBe(!closed(now));
      let change = now + MINUTE;
      while (change < now + 360 * MINUTE && closed(change) === closed(now)) change += MINUTE;
      if (change < now + 360 * MINUTE) expect(verdict.changesAt).toBe(change);
      else if (verdict.changesAt !== null) expect(verdict.changesAt).toBeGreaterThanOrEqual(change);
    });
    fc.assert(property, { numRuns: 200 });
  }, 60_000);

  interface Wall {
    minute: number;
    hour: number;
    day: number;
    month: number;
    weekday: number;
  }

  const walls = new Map<string, Wall>();
  /** Clocks change on a quarter of an hour, so one reading serves fifteen minutes. */
  function wallOf(moment: number, zone: string, format: Intl.DateTimeFormat): Wall {
    const quarter = moment - (moment % (15 * MINUTE));
    const key = `${zone} ${quarter}`;
    const known = walls.get(key) ?? readWall(quarter, format);
    walls.set(key, known);
    return { ...known, minute: known.minute + (moment - quarter) / MINUTE };
  }

  function readWall(moment: number, format: Intl.DateTimeFormat): Wall {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const number = (name: string) => Number(parts[name]);
    const weekday = new Date(Date.UTC(number('year'), number('month') - 1, number('day'))).getUTCDay();
    return { minute: number('minute'), hour: number('hour'), day: number('day'), month: number('month'), weekday };
  }

  /** Starts found by looking at the clock on the wall each minute. */
  function startsByMinute(schedule: string, timeZone: string, span: { from: number; to: number }): number[] {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    const [minute = '', hour = '', ...date] = schedule.split(' ');
    const isSingle = /^\d+$/.test(minute) && /^\d+$/.test(hour);
    const starts: number[] = [];
    let done = '';
    // A day earlier, so that the first day of the span is seen from its midnight.
    const first = isSingle ? span.from - 26 * 60 * MINUTE : span.from;
    let previous: Wall | null = null;
    for (let moment = first; moment <= span.to; moment += MINUTE) {
      const wall = wallOf(moment, timeZone, format);
      const today = `${wall.month}-${wall.day}`;
      if (isSingle) {
        const wanted = Number(hour) * 60 + Number(minute);
        const isReached = wall.hour * 60 + wall.minute >= wanted;
        const wasBefore =
          previous !== null && (previous.day !== wall.day || previous.hour * 60 + previous.minute < wanted);
        if (isReached && wasBefore && done !== today && matchesDate(date, wall)) {
          done = today;
          starts.push(moment);
        }
        previous = wall;
      } else if (matches(minute, wall.minute) && matches(hour, wall.hour) && matchesDate(date, wall)) {
        starts.push(moment);
      }
    }
    return starts;
  }

  /** Day of month and weekday: either, when both are given. */
  function matchesDate([day = '*', month = '*', weekday = '*']: string[], wall: Wall): boolean {
    if (!matches(month, wall.month)) return false;
    const byDay = matches(day, wall.day);
    const byWeekday = matches(weekday.replace('sun', '0'), wall.weekday);
    return day !== '*' && weekday !== '*' ? byDay || byWeekday : byDay && byWeekday;
  }

  function matches(field: string, value: number): boolean {
    return field.split(',').some((part) => {
      const [range = '', step = '1'] = part.split('/');
      const [low = 0, high = low] = range === '*' ? [0, 99] : range.split('-').map(Number);
      return value >= low && value <= high && (value - (range === '*' ? 0 : low)) % Number(step) === 0;
    });
  }
});

test('a schedule of many openings is judged in little time', () => {
  const dense = Array.from({ length: 20 }, (_, index) => window({ schedule: `${index}-59/2 * * * *`, duration: '1m' }));
  const begun = performance.now();
  expect(judge(dense, '2026-11-24T12:00:30Z').changesAt).not.toBeNull();
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(scheduleProblem('0 0 29 2 1')).toBeNull();
});
