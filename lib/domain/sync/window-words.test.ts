import { describe, expect, test } from 'vitest';
import {
  automaticWords,
  coverageWords,
  describeWindow,
  durationWords,
  manualWords,
  momentWords,
  openingWords,
  scheduleWords,
  standingWords,
} from './window-words.ts';
import { judgeWindows, type SyncWindow } from './windows.ts';

const window = (change: Partial<SyncWindow> = {}): SyncWindow => ({
  kind: 'deny',
  schedule: '0 16 * * 5',
  duration: '3d',
  timeZone: 'Europe/Berlin',
  applications: ['production-*'],
  namespaces: [],
  clusters: [],
  andOperator: false,
  manualSync: false,
  description: '',
  ...change,
});

test('a window in one sentence', () => {
  expect(describeWindow(window())).toBe('Deny every Friday 16:00 for 3 days, Europe/Berlin, production-*');
});

test.each([
  ['0 22 * * *', 'every day 22:00'],
  ['5 2 * * 1-5', 'Monday to Friday 02:05'],
  ['0 6 * * sat,7', 'every Saturday and Sunday 06:00'],
  ['30 1 15 * *', 'on day 15 of every month 01:30'],
  ['*/10 * * * *', 'at */10 * * * *'],
  ['0 0 1 * 1', 'at 0 0 1 * 1'],
  ['0 0 * * 1/2', 'at 0 0 * * 1/2'],
])('schedule %s is %s', (schedule, words) => {
  expect(scheduleWords(schedule)).toBe(words);
});

test.each([
  ['1h30m', '1 hour 30 minutes'],
  ['36h', '1 day 12 hours'],
  ['odd', 'odd'],
])('duration %s is %s', (duration, words) => {
  expect(durationWords(duration)).toBe(words);
});

test.each([
  [{ applications: ['a', 'b-*'], namespaces: ['shop'] }, 'a, b-* or namespace shop'],
  [{ applications: ['a'], clusters: ['eu-*', 'us-*'], andOperator: true }, 'a and clusters eu-*, us-*'],
  [{ applications: [], clusters: ['*'] }, 'every application'],
  [{ applications: ['*'], clusters: ['eu-1'], andOperator: true }, '* and cluster eu-1'],
])('coverage of %j', (change, words) => {
  expect(coverageWords(window(change))).toBe(words);
});

test('a moment has its day when it is far', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  expect(momentWords(now + 3_600_000, { now, timeZone: 'Europe/Berlin' })).toBe('14:00 Europe/Berlin');
  expect(momentWords(now + 3 * 86_400_000, { now, timeZone: 'Europe/Berlin' })).toBe('Fri 27 Nov 13:00 Europe/Berlin');
  expect(momentWords(now, { now, timeZone: 'Mars/Olympus' })).toBe('12:00 UTC');
});

test.each([
  ['2026-11-27T15:00Z', '2026-11-30T15:00Z', 'Fri 27 Nov 16:00 to Mon 30 Nov 16:00'],
  ['2026-11-27T15:00Z', '2026-11-27T16:30Z', 'Fri 27 Nov 16:00 to 17:30'],
  ['2026-11-27T15:00Z', null, 'Fri 27 Nov 16:00, without end'],
])('an opening from %s to %s', (from, until, words) => {
  const opening = { from: Date.parse(from), until: until === null ? null : Date.parse(until) };
  expect(openingWords(opening, 'Europe/Berlin')).toBe(words);
});

describe('what is said while closed', () => {
  const subject = { application: 'production-web', namespace: 'shop', cluster: 'eu-1' };
  const now = Date.parse('2026-11-24T23:00:00Z');
  const verdict = (change: Partial<SyncWindow>) => judgeWindows([window(change)], { ...subject, now });

  test('automatic sync names the window and when it opens', () => {
    const nightly = { kind: 'allow', schedule: '0 2 * * *', duration: '2h', description: 'nightly' } as const;
    expect(automaticWords(verdict(nightly), now)).toBe(
      'Automatic sync waits for the window "nightly", opens 02:00 Europe/Berlin.',
    );
    const freeze = { schedule: '0 0 * * *', duration: '6h', description: 'freeze' };
    expect(automaticWords(verdict(freeze), now)).toBe(
      'Automatic sync waits: the window "freeze" denies it until 06:00 Europe/Berlin.',
    );
    expect(automaticWords(verdict({ schedule: 'never', description: 'broken' }), now)).toContain(
      'with no end in sight',
    );
    expect(automaticWords(verdict({ ...nightly, schedule: 'never' }), now)).toContain('never opens');
    expect(automaticWords(verdict({}), now)).toBe('');
  });

  test('a person is told which window, until when, and whether it lets people through', () => {
    const freeze = { schedule: '0 0 * * *', duration: '6h', description: 'freeze' };
    expect(manualWords('web', verdict(freeze), now)).toBe(
      'The sync window "freeze" denies syncs of web until 06:00 Europe/Berlin. Wait until then, or let an administrator change the project\'s windows.',
    );
    expect(manualWords('web', verdict({ ...freeze, manualSync: true }), now)).toContain('goes on all the same');
    const nightly = { kind: 'allow', schedule: '0 2 * * *', duration: '2h' } as const;
    expect(manualWords('web', verdict(nightly), now)).toBe(
      'web is outside its sync window "Allow every day 02:00 for 2 hours, Europe/Berlin, production-*" until 02:00 Europe/Berlin. Wait until then, or let an administrator change the project\'s windows.',
    );
  });

  test('the page says both', () => {
    const freeze = { schedule: '0 0 * * *', duration: '6h', description: 'freeze' };
    expect(standingWords('web', verdict(freeze), { automated: true, now })).toBe(
      'Automatic sync waits: the window "freeze" denies it until 06:00 Europe/Berlin. Nobody may sync by hand until then.',
    );
    expect(standingWords('web', verdict({ ...freeze, manualSync: true }), { automated: false, now })).toBe(
      'The sync window "freeze" denies syncs of web until 06:00 Europe/Berlin. A person may sync all the same.',
    );
    expect(standingWords('web', verdict({}), { automated: true, now })).toBe('');
  });
});
