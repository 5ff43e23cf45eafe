import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry, type Registry } from '#lib/testing/registering.ts';
import { bounded } from './bounded.ts';
import { createHealthRule, deleteHealthRule, listHealthRules, updateHealthRule } from './manage.ts';
import { readAssessor } from './assessor.ts';
import { tryHealthRule } from './try.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

const FULL = { when: 'object.status.percent >= 90', status: 'Degraded' as const, message: 'Disk is full' };
const ruleOf = (group: string, change = {}) => ({ group, kind: 'Database', clauses: [FULL], ...change });
const database = (group: string, percent: number) => ({
  apiVersion: `${group}/v1`,
  kind: 'Database',
  metadata: { name: 'orders' },
  status: { percent },
});

async function declareObject(applicationId: string, key: string) {
  await registry.database.prisma.objectState.create({
    data: {
      applicationId,
      key,
      managed: true,
      apiVersion: 'v1',
      sync: 'Synced',
      health: 'Healthy',
      changedAt: new Date(),
    },
  });
}

describe('health rules people write', () => {
  test('are kept, judged by at once, and told to the audit', async () => {
    const rule = await createHealthRule(registry.admin, ruleOf('kept.example.com'));
    expect(rule.clauses).toEqual([{ ...FULL, messageExpression: '' }]);
    expect((await listHealthRules(registry.viewer)).map(({ id }) => id)).toContain(rule.id);
    const judge = async () => (await readAssessor(registry.database.prisma))(database('kept.example.com', 95));
    expect(await judge()).toEqual({ status: 'Degraded', message: 'Disk is full' });
    const change = ruleOf('kept.example.com', { clauses: [{ ...FULL, status: 'Progressing' }] });
    await updateHealthRule(registry.admin, { id: rule.id, rule: change });
    expect((await judge()).status).toBe('Progressing');
    await deleteHealthRule(registry.admin, rule);
    expect((await judge()).status).toBe('Healthy');
    for (const verb of ['health-rule.create', 'health-rule.update', 'health-rule.delete'])
      expect(await registry.events(verb, rule.id)).toMatchObject([
        { outcome: 'succeeded', targetName: 'Database.kept.example.com' },
      ]);
  });

  test('make the applications with such objects be judged anew, and no others', async () => {
    const [one, other] = [await registry.application(), await registry.application()];
    await declareObject(one.id, 'db.anew.example.com/Database/web/orders');
    await declareObject(other.id, '/ConfigMap/web/settings');
    await createHealthRule(registry.admin, ruleOf('*.anew.example.com'));
    expect(await registry.waiting('compare', one.id)).toBe(true);
    expect(await registry.waiting('compare', other.id)).toBe(false);
  });

  test('are refused with the field and the position', async () => {
    const clauses = [{ ...FULL, when: 'object.status.percent >=' }];
    await expect(createHealthRule(registry.admin, ruleOf('bad.example.com', { clauses }))).rejects.toMatchObject({
      issues: [{ path: ['clauses', 0, 'when'], message: expect.stringMatching(/line 1, column 25/) }],
    });
    const wrong = { group: 'Bad Group', clauses: [] };
    await expect(createHealthRule(registry.admin, ruleOf('', wrong))).rejects.toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ path: ['clauses'] })]),
    });
  });

  test('there is one of a group and kind', async () => {
    await createHealthRule(registry.admin, ruleOf('once.example.com'));
    await expect(createHealthRule(registry.admin, ruleOf('once.example.com'))).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ path: 'kind' }],
    });
  });

  test('only an administrator writes or tries them', async () => {
    const rule = ruleOf('theirs.example.com');
    await expect(createHealthRule(registry.operator, rule)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await registry.events('health-rule.create', '')).toMatchObject([{ outcome: 'refused' }]);
    await expect(tryHealthRule(registry.viewer, { rule, object: '{}' })).rejects.toMatchObject({ code: 'forbidden' });
    const missing = { id: '00000000-0000-4000-8000-000000000000' };
    await expect(deleteHealthRule(registry.admin, missing)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a try', () => {
  const rule = ruleOf('try.example.com', {
    clauses: [FULL, { when: 'object.status.gone', status: 'Healthy' as const }],
  });
  const object = (percent: number, group = 'try.example.com') => JSON.stringify(database(group, percent));

  test.each([
    [object(95), { status: 'Degraded', message: 'Disk is full', clause: 0, decidedBy: 'clause' }],
    [object(10), { status: 'Unknown', clause: null, decidedBy: 'failure' }],
    [object(95, 'other.example.com'), { status: 'Healthy', clause: null, decidedBy: 'not-of-this-kind' }],
  ])('of %s', async (text, expected) => {
    expect(await tryHealthRule(registry.admin, { rule, object: text })).toMatchObject(expected);
    expect((await listHealthRules(registry.admin)).filter(({ group }) => group === 'try.example.com')).toEqual([]);
  });

  test('says when the built-in rule decides', async () => {
    const given = { rule: { ...rule, clauses: [FULL] }, object: object(10) };
    expect(await tryHealthRule(registry.admin, given)).toMatchObject({ status: 'Healthy', decidedBy: 'built-in' });
  });

  test.each([
    ['a: [', /cannot be read/],
    ['a: 1\n---\nb: 2', /paste one object; this holds 2/],
    ['', /expected string to have >=1|Too small/],
    ['kind: Database', /apiVersion/],
    [`a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [${'*a,'.repeat(60)}]\nc: [${'*b,'.repeat(60)}]`, /references/],
  ])('of %j is refused', async (text, message) => {
    await expect(tryHealthRule(registry.admin, { rule, object: text })).rejects.toThrow(message);
  });
});

describe('the bound', () => {
  test.each([
    [
      'lists in lists in lists',
      'object.l.all(a, object.l.all(b, object.l.all(c, a + b + c >= 0)))',
      { l: Array.from({ length: 3_000 }, (_, n) => n) },
    ],
    ['an endless pattern', 'object.s.matches("^(a+)+$")', { s: `${'a'.repeat(40)}!` }],
    [
      'a list that doubles',
      'cel.bind(a, object.l + object.l, cel.bind(b, a + a, cel.bind(c, b + b, cel.bind(d, c + c, cel.bind(e, d + d, cel.bind(f, e + e, cel.bind(g, f + f, cel.bind(h, g + g, h.exists(x, h.exists(y, x + y < 0)))))))))) ',
      { l: Array.from({ length: 1_000 }, (_, n) => n) },
    ],
  ])('stops %s in time', async (_what, when, body) => {
    await createHealthRule(registry.admin, {
      group: 'slow.example.com',
      kind: `K${_what.length}`,
      clauses: [{ when, status: 'Healthy' }],
    });
    const assess = await readAssessor(registry.database.prisma);
    const manifest = { apiVersion: 'slow.example.com/v1', kind: `K${_what.length}`, metadata: { name: 'x' }, ...body };
    const begun = performance.now();
    expect(assess(manifest)).toMatchObject({
      status: 'Unknown',
      message: expect.stringMatching(/takes too (long|much memory)/),
    });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  test('hands results and errors through, one after another', () => {
    expect(bounded(() => undefined)).toBeUndefined();
    expect(bounded(() => bounded(() => 1))).toBe(1);
    expect(() =>
      bounded(() => {
        throw new TypeError('mine');
      }),
    ).toThrow(TypeError);
  });
});
