import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterError } from '#lib/ports/cluster.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { runOperation } from './run.ts';
import { syncAutomatically } from './automatic.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

const settings = (level: string, options: string, name = 'settings') =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, annotations: { 'argocd.argoproj.io/sync-options': options } },
    data: { level },
  });

/** The cluster takes no change of what is there, as of an immutable ConfigMap. */
function makeImmutable(): void {
  stage.house.live.failure = (call, key) =>
    (call === 'dry-run' || call === 'apply') && key === SETTINGS && stage.house.live.get(SETTINGS)
      ? new ClusterError('invalid', 'ConfigMap "settings" is invalid: data: Forbidden: field is immutable')
      : undefined;
}

describe('an object that cannot be changed', () => {
  it('is made anew where it says Force=true', async () => {
    await stage.push('One', { 'app/config.yaml': settings('1', 'Force=true') });
    await stage.sync();
    const before = stage.house.live.get(SETTINGS)?.metadata.uid;
    makeImmutable();
    await stage.push('Two', { 'app/config.yaml': settings('2', 'Force=true') });
    expect(await stage.sync()).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
    expect(stage.house.live.get(SETTINGS)?.metadata.uid).not.toBe(before);
  });

  it('is there again when the worker was cut off after the deletion', async () => {
    await stage.push('One', { 'app/config.yaml': settings('1', 'Force=true') });
    await stage.sync();
    makeImmutable();
    await stage.push('Two', { 'app/config.yaml': settings('2', 'Force=true') });
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    const refusal = stage.house.live.failure;
    stage.house.live.failure = (call, key) =>
      call === 'apply' && key === SETTINGS && !stage.house.live.get(SETTINGS)
        ? new ClusterError('unreachable', 'cut off')
        : refusal(call, key);
    await runOperation(stage.house.ctx, id);
    expect(stage.house.live.get(SETTINGS)).toBeUndefined();
    stage.house.live.failure = refusal;
    stage.later(60_000);
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('blocks the plan where it does not, and the way out is named', async () => {
    await stage.sync();
    makeImmutable();
    await stage.push('Two', { 'app/config.yaml': settings('2', '') });
    const plan = await stage.plan({ kind: 'sync', prune: false });
    expect(plan.result?.guards).toMatchObject([
      { level: 'block', message: expect.stringMatching(/immutable.*give it the sync option Force=true\.$/) },
    ]);
    await expect(stage.click(plan)).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('fields that somebody else set', () => {
  const contest = async () => {
    await stage.push('One', { 'app/config.yaml': settings('1', 'Conflicts=ask') });
    await stage.sync();
    stage.house.live.contested.set(SETTINGS, [{ manager: 'autoscaler', field: '.data.level' }]);
    await stage.push('Two', { 'app/config.yaml': settings('2', 'Conflicts=ask') });
  };

  it('are left by automatic sync, which says whose they are', async () => {
    await contest();
    await stage.push('Beside it', { 'app/b.yaml': settings('1', '', 'b') });
    const { prisma } = stage.house.database;
    await prisma.application.update({ where: { id: stage.app.id }, data: { syncPolicy: { automated: true } } });
    await syncAutomatically(stage.house.ctx, stage.app.id);
    const row = await prisma.operation.findFirstOrThrow({ where: { phase: 'requested' } });
    const done = await stage.finish(row.id);
    expect(done.objects.find(({ key }) => key === SETTINGS)).toMatchObject({
      result: 'skipped',
      message: 'left as it is: others set .data.level (autoscaler)',
    });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(await syncAutomatically(stage.house.ctx, stage.app.id)).toBeNull();
    expect(await prisma.operation.count({ where: { phase: 'requested' } })).toBe(0);
  });

  it('are taken over where the click names the object', async () => {
    await contest();
    const plan = await stage.plan({ kind: 'sync', prune: false, takeOver: [SETTINGS] });
    expect(await stage.finish(await stage.click(plan))).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });
});

it('writes nothing when the cluster refuses something since the plan, and names every refusal', async () => {
  await stage.sync();
  await stage.push('Three', {
    'app/a.yaml': settings('1', '', 'a'),
    'app/b.yaml': settings('1', '', 'b'),
    'app/c.yaml': settings('1', '', 'c'),
  });
  const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
  const before = stage.house.live.calls.apply;
  stage.house.live.failure = (call, key) =>
    call === 'dry-run' && /\/[bc]$/.test(key) ? new ClusterError('forbidden', 'a webhook says no') : undefined;
  expect(await stage.finish(id)).toMatchObject({
    phase: 'failed',
    message: expect.stringMatching(
      /Nothing was applied.*ConfigMap b: a webhook says no.*ConfigMap c: a webhook says no/,
    ),
  });
  expect(stage.house.live.calls.apply).toBe(before);
});

describe('the sync policy of the application', () => {
  const declare = (syncPolicy: object) =>
    stage.house.database.prisma.application.update({ where: { id: stage.app.id }, data: { syncPolicy } });

  it('says how what is pruned is deleted, and an object may say otherwise', async () => {
    await declare({ propagation: 'foreground' });
    await stage.push('Two more', {
      'app/b.yaml': settings('1', '', 'b'),
      'app/c.yaml': settings('1', 'PrunePropagationPolicy=orphan', 'c'),
    });
    await stage.sync();
    await stage.push('None', { 'app/b.yaml': null, 'app/c.yaml': null });
    await declare({ propagation: 'foreground', allowEmpty: true });
    await stage.sync(true);
    expect(stage.house.live.propagations.toSorted()).toEqual(['foreground', 'orphan']);
  });

  it('replaces whole objects', async () => {
    await declare({ replace: true });
    await stage.sync();
    await stage.push('Two', { 'app/config.yaml': settings('2', '') });
    await stage.sync();
    expect(stage.house.live.calls).toMatchObject({ replace: 1 });
  });

  it('leaves what an ignore rule hides as it is, where it says so', async () => {
    const text = (data: object) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data });
    const { prisma } = stage.house.database;
    const ignoreRules = [{ kind: 'ConfigMap', paths: ['data.level'] }];
    await prisma.application.update({ where: { id: stage.app.id }, data: { ignoreRules } });
    await stage.push('One', { 'app/config.yaml': text({ level: '1', other: '1' }) });
    await stage.sync();
    const live = stage.house.live.get(SETTINGS);
    if (live) stage.house.live.put({ ...live, data: { level: 'tuned', other: '1' } });
    await declare({ respectIgnored: true });
    const plan = await stage.plan({ kind: 'sync', prune: false });
    expect(plan.result?.counts).toMatchObject({ change: 0 });
    await stage.push('Two', { 'app/config.yaml': text({ level: '2', other: '2' }) });
    await stage.sync();
    expect(stage.dataOf(SETTINGS)).toEqual({ level: 'tuned', other: '2' });
    await declare({});
    await stage.sync();
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2', other: '2' });
  });

  it.each([
    [{ timeoutSeconds: 30 }, 30],
    [{}, 300],
  ])('says how long health is waited for: %j', async (policy, seconds) => {
    await declare(policy);
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    await runOperation(stage.house.ctx, id);
    const row = await stage.house.database.prisma.operation.findUniqueOrThrow({ where: { id } });
    expect(row.deadlineAt?.getTime()).toBe((row.appliedAt?.getTime() ?? 0) + seconds * 1_000);
  });

  it('says how often a failing revision is tried', async () => {
    await declare({ automated: true, retry: { limit: 2, seconds: 10, factor: 2, maxSeconds: 60 } });
    stage.house.live.failure = (call) => (call === 'apply' ? new ClusterError('forbidden', 'no') : undefined);
    const tries = async () => {
      const waits = await syncAutomatically(stage.house.ctx, stage.app.id);
      const row = await stage.house.database.prisma.operation.findFirst({ where: { phase: 'requested' } });
      if (row) await stage.finish(row.id);
      return row ? 'tried' : waits;
    };
    expect(await tries()).toBe('tried');
    expect(await tries()).toBe(10_000);
    stage.later(10_000);
    expect(await tries()).toBe('tried');
    stage.later(3_600_000);
    expect(await tries()).toBeNull();
  });
});
