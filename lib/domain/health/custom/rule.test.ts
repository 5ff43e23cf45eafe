import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../resource/manifest.ts';
import { assessTree } from '../assess-tree.ts';
import { checkExpression, scopeOf } from './expression.ts';
import { applyRule, assessorOf, type Bounded, checkRule, type CustomHealthRule, OutOfTime } from './rule.ts';

const unbounded: Bounded = (work) => work();
const clause = (when: string, change = {}) => ({
  when,
  status: 'Healthy' as const,
  message: '',
  messageExpression: '',
  ...change,
});
const rule = (...clauses: CustomHealthRule['clauses']): CustomHealthRule => ({
  group: 'db.example.com',
  kind: 'Database',
  clauses,
});
const database = (status: object, metadata: object = {}): Manifest => ({
  apiVersion: 'db.example.com/v1',
  kind: 'Database',
  metadata: { name: 'orders', ...metadata },
  status: structuredClone(status),
});

describe('an expression', () => {
  test.each([
    ['object.status.phase == "Ready"', 'bool', null],
    ['object.status.ready', 'bool', null],
    ['object.status.conditions.exists(c, c.type == "Ready" && c.status == "True")', 'bool', null],
    ['object.?status.?phase.orValue("") == "Ready"', 'bool', null],
    ['"Disk is at " + string(object.status.percent) + " %"', 'string', null],
    ['', 'bool', /is empty/],
    ['object.status.x +', 'bool', /line 1, column 18/],
    ['object.status.x ==\n  objec.y', 'bool', /Unknown variable: objec \(line 2, column 3\)/],
    ['object.status.x == "a" && nope()', 'bool', /nope/],
    ['1 + 1', 'bool', /gives int, not bool/],
    ['object.status.x == "a"', 'string', /gives bool, not string/],
    ['"a" + 1 == "b"', 'bool', /no such overload/],
    ['x'.repeat(2_001), 'bool', /at most 2000/],
    ['('.repeat(200) + 'true' + ')'.repeat(200), 'bool', /maxDepth|depth/i],
  ] as const)('%s as %s', (text, type, expected) => {
    const found = checkExpression(text, type);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatch(expected);
  });
});

describe('a rule on saving', () => {
  test.each([
    [{ group: 'db.example.com', kind: 'Database' }, []],
    [{ group: '', kind: 'Pod' }, []],
    [{ group: '*.example.com', kind: '*' }, []],
    [{ group: 'Db Example', kind: 'Database' }, ['group']],
    [{ group: 'db.example.com', kind: 'databases' }, ['kind']],
    [{ group: '', kind: 'Secret' }, ['kind']],
    [
      { clauses: [clause('true'), clause('1'), clause('true', { messageExpression: 'true' })] },
      ['clauses.1.when', 'clauses.2.messageExpression'],
    ],
  ] as const)('%j has the problems %j', (change, fields) => {
    const problems = checkRule({ ...rule(clause('true')), ...change });
    expect(problems.map(({ field }) => field)).toEqual(fields);
  });
});

describe('a rule on an object', () => {
  const sized = rule(
    clause('object.status.percent >= 90', {
      status: 'Degraded',
      message: 'Disk is full',
      messageExpression: '"Disk is at " + string(object.status.percent) + " %"',
    }),
    clause('object.status.phase == "Ready"'),
    clause('object.status.phase == "Asleep"', { status: 'Suspended', message: 'It sleeps' }),
  );

  test.each([
    [
      { percent: 95, phase: 'Ready' },
      { clause: 0, health: { status: 'Degraded', message: 'Disk is at 95 %' } },
    ],
    [
      { percent: 10, phase: 'Ready' },
      { clause: 1, health: { status: 'Healthy', message: '' } },
    ],
    [
      { percent: 10, phase: 'Asleep' },
      { clause: 2, health: { status: 'Suspended', message: 'It sleeps' } },
    ],
    [{ percent: 10, phase: 'Other' }, null],
    [{ percent: 10.5, phase: 'Other' }, null],
  ])('%j', (status, expected) => {
    expect(applyRule(sized, database(status), unbounded)).toEqual(expected);
  });

  test.each([
    [
      'a field that is not there',
      clause('object.status.gone == 1'),
      /clause 1: No such key: gone \(line 1, column 15\)/,
    ],
    ['a condition that is no bool', clause('object.status.phase'), /gives no bool/],
    ['words that are no string', clause('true', { messageExpression: 'object.status' }), /gives no string/],
    ['the prototype of an object', clause('object.constructor != null'), /No such key: constructor/],
    ['what is inherited', clause('object.status.__proto__ != null'), /No such key: __proto__/],
    ['an expression no version reads', clause('object.status.'), /clause 1: /],
  ])('that asks for %s is Unknown and says why', (_what, broken, reason) => {
    const verdict = applyRule(rule(broken), database({ phase: 'Ready' }), unbounded);
    expect(verdict).toMatchObject({ clause: null, health: { status: 'Unknown' } });
    expect(verdict?.health.message).toMatch(/^The health rule of Database\.db\.example\.com failed: /);
    expect(verdict?.health.message).toMatch(reason);
  });

  test('that takes too long is Unknown', () => {
    const verdict = applyRule(rule(clause('true')), database({}), () => {
      throw new OutOfTime();
    });
    expect(verdict?.health).toEqual({
      status: 'Unknown',
      message: 'The health rule of Database.db.example.com failed: clause 1 takes too long',
    });
  });

  test('too large to look at is Unknown, and nothing is evaluated', () => {
    const large = database({ list: Array.from({ length: 60_000 }, () => 1) });
    expect(scopeOf(large)).toBeNull();
    expect(scopeOf(database({ text: 'x'.repeat(1_000_001) }))).toBeNull();
    const verdict = applyRule(rule(clause('true')), large, () => {
      throw new Error('evaluated');
    });
    expect(verdict?.health.message).toMatch(/too large/);
  });

  test('never throws, whatever the object holds', () => {
    const odd = rule(clause('object.status.a.b[0].c == 1 || object.status.a > 2 || size(object.status.a) > 1'));
    fc.assert(
      fc.property(fc.jsonValue(), (a) => {
        const verdict = applyRule(odd, database({ a }), unbounded);
        return verdict === null || ['Healthy', 'Unknown'].includes(verdict.health.status);
      }),
    );
  });
});

describe('which rule judges', () => {
  const says = (message: string) => [clause('true', { status: 'Degraded', message })];
  const assess = assessorOf(
    [
      { group: '*', kind: '*', clauses: says('anything') },
      { group: '*.example.com', kind: '*', clauses: says('the domain') },
      { group: '*.example.com', kind: 'Database', clauses: says('any Database of the domain') },
      { group: 'db.example.com', kind: '*', clauses: says('the group') },
      { group: 'db.example.com', kind: 'Database', clauses: says('the kind') },
      { group: 'db.*.org', kind: 'Database', clauses: says('the middle') },
    ],
    unbounded,
  );
  test.each([
    ['db.example.com/v1', 'Database', 'the kind'],
    ['db.example.com/v1', 'Backup', 'the group'],
    ['x.example.com/v1', 'Database', 'any Database of the domain'],
    ['x.example.com/v1', 'Other', 'the domain'],
    ['db.a.b.org/v1', 'Database', 'the middle'],
    ['db.org/v1', 'Database', 'anything'],
    ['v1', 'ConfigMap', 'anything'],
  ])('%s %s is judged by %s', (apiVersion, kind, message) => {
    expect(assess({ apiVersion, kind, metadata: { name: 'x' } })).toEqual({ status: 'Degraded', message });
  });

  test('no rule sees a Secret, nor an object being deleted', () => {
    expect(assess({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } }).status).toBe('Healthy');
    const deleted = database({}, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(assess(deleted).status).toBe('Terminating');
  });

  test('what no clause speaks of stays with the built-in rule, and the tree follows', () => {
    const partial = assessorOf(
      [rule(clause('object.status.phase == "Full"', { status: 'Degraded', message: 'Full' }))],
      unbounded,
    );
    const ready = { conditions: [{ type: 'Ready', status: 'False', reason: 'Error', message: 'no disk' }] };
    expect(assessTree(database({ phase: 'Other', ...ready }), [], partial)).toMatchObject({ message: 'no disk' });
    expect(assessTree(database({ phase: 'Full', ...ready }), [], partial)).toMatchObject({ cause: 'Full' });
  });
});
