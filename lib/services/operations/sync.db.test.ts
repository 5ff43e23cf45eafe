import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import type { WorkerContext } from '../context.ts';
import { awaitHealth } from './await-health.ts';
import { getOperation } from './get.ts';
import { requestOperation } from './request.ts';
import { resumeOperations } from './resume.ts';
import { runOperation } from './run.ts';
import { terminateOperation } from './terminate.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

describe('sync', () => {
  it('creates what Git has, and records operation, deployment and audit', async () => {
    const view = await stage.plan({ kind: 'sync', prune: false });
    expect(view).toMatchObject({ state: 'ready', error: null });
    expect(view.result?.counts).toMatchObject({ create: 2, change: 0, prune: 0 });
    expect(stage.house.live.calls.apply).toBe(0);
    const done = await stage.finish(await stage.click(view));
    expect(done).toMatchObject({ phase: 'succeeded', automatic: false });
    expect(done.objects.map((object) => `${object.key} ${object.result}`)).toEqual([
      '/Namespace//shop created',
      `${SETTINGS} created`,
    ]);
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    const state = await stage.house.database.prisma.applicationState.findUniqueOrThrow({
      where: { applicationId: stage.app.id },
    });
    expect(state).toMatchObject({ deployedSha: state.targetSha, activeOperationId: null });
    expect(await stage.house.database.prisma.deployment.findMany()).toMatchObject([
      { kind: 'sync', outcome: 'Healthy', actorName: 'Test operator' },
    ]);
    expect(await stage.audit()).toEqual(['sync.request allowed', 'sync.finish succeeded']);
  });

  it('writes nothing to the cluster when nothing differs', async () => {
    await stage.sync();
    const before = { ...stage.house.live.calls };
    const again = await stage.sync();
    expect(again.objects.every((object) => object.result === 'unchanged')).toBe(true);
    expect(stage.house.live.calls).toEqual(before);
  });

  it('refuses a plan whose hash is not the one stored', async () => {
    const view = await stage.plan({ kind: 'sync', prune: false });
    await expect(stage.click({ ...view, hash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' });
    expect(await stage.audit()).toEqual(['sync.request refused']);
  });

  it('refuses a plan that Git has left behind', async () => {
    const view = await stage.plan({ kind: 'sync', prune: false });
    await stage.push('Move', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    await expect(stage.click(view)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('stale'),
    });
  });

  it('applies nothing when what is live changed after the plan', async () => {
    await stage.sync();
    await stage.push('Move', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    const view = await stage.plan({ kind: 'sync', prune: false });
    const id = await stage.click(view);
    const live = stage.house.live.get(SETTINGS);
    stage.house.live.put({ ...(live as Manifest), data: { level: 'by hand' } });
    const done = await stage.finish(id);
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('changed since the plan') });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: 'by hand' });
  });

  it('lets one operation run at a time', async () => {
    const view = await stage.plan({ kind: 'sync', prune: false });
    await stage.click(view);
    await expect(stage.click(view)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('under way'),
    });
  });

  it('prunes what Git dropped only when asked, and only what it owns', async () => {
    await stage.push('Add', { 'app/a.yaml': configMap('a', {}), 'app/b.yaml': configMap('b', {}) });
    await stage.sync();
    stage.house.live.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign', namespace: 'shop' } });
    await stage.push('Drop b', { 'app/b.yaml': null });
    await stage.sync(false);
    expect(stage.house.live.get('/ConfigMap/shop/b')).toBeDefined();
    const view = await stage.plan({ kind: 'sync', prune: true });
    expect(view.result?.objects.filter((object) => object.action === 'prune').map((object) => object.key)).toEqual([
      '/ConfigMap/shop/b',
    ]);
    await stage.finish(await stage.click(view));
    expect(stage.house.live.get('/ConfigMap/shop/b')).toBeUndefined();
    expect(stage.house.live.get('/ConfigMap/shop/foreign')).toBeDefined();
  });

  it('prunes kind after kind, in the opposite order of applying', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n';
    await stage.push('Add', { 'app/a.yaml': account, 'app/b.yaml': service, 'app/c.yaml': configMap('b', {}) });
    await stage.sync();
    await stage.push('Drop', { 'app/a.yaml': null, 'app/b.yaml': null, 'app/d.yaml': configMap('d', {}) });
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: true }));
    stage.house.live.failure = (call, key) =>
      call === 'remove' && key === '/Service/shop/web' ? new ClusterError('forbidden', 'not allowed') : undefined;
    expect(await stage.finish(id)).toMatchObject({ phase: 'failed' });
    expect(stage.house.live.get('/ServiceAccount/shop/web')).toBeDefined();
  });

  it('refuses to prune everything', async () => {
    await stage.sync();
    await stage.push('Empty', { 'app/config.yaml': null, 'app/README.md': 'nothing' });
    const view = await stage.plan({ kind: 'sync', prune: true });
    expect(view.result?.guards).toContainEqual(expect.objectContaining({ level: 'block' }));
    await expect(stage.click(view)).rejects.toMatchObject({ code: 'refused' });
    expect(stage.house.live.get(SETTINGS)).toBeDefined();
  });

  it('does not touch an object of another application', async () => {
    const annotations = { 'quarterdeck.dev/tracking-id': `other:${SETTINGS}` };
    stage.house.live.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop', annotations },
    });
    const view = await stage.plan({ kind: 'sync', prune: false });
    expect(view.result?.counts.conflict).toBe(1);
    await expect(stage.click(view)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('belongs to application other'),
    });
  });

  it('keeps the results of the others when one object fails', async () => {
    stage.house.live.failure = (call, key) =>
      call === 'apply' && key === SETTINGS ? new ClusterError('invalid', 'quota exceeded') : undefined;
    const done = await stage.sync();
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('quota exceeded') });
    expect(done.objects.map((object) => object.result)).toEqual(['created', 'failed']);
    expect(await stage.house.database.prisma.deployment.count()).toBe(0);
  });

  it('refuses a viewer and audits it', async () => {
    await expect(stage.plan({ kind: 'sync', prune: false }, stage.house.as('viewer'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const view = await stage.plan({ kind: 'sync', prune: false });
    const input = { planId: view.id, planHash: view.hash ?? '' };
    await expect(
      requestOperation(stage.house.as('viewer'), { applicationId: stage.app.id, input }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await stage.audit()).toEqual(['plan.request refused', 'sync.request refused']);
  });

  it('waits for health up to its deadline and then says which object', async () => {
    await stage.push('Deploy', {
      'app/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1, template: {spec: {containers: [{name: c, image: "web:1"}]}}}\n',
    });
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    await runOperation(stage.house.ctx, id);
    expect(await awaitHealth(stage.house.ctx, id)).toBeGreaterThan(0);
    stage.house.clock.at = new Date(stage.house.clock.at.getTime() + 301_000);
    expect(await awaitHealth(stage.house.ctx, id)).toBeNull();
    const view = await getOperation(stage.house.ctx, { id });
    expect(view).toMatchObject({ phase: 'failed', message: expect.stringContaining('Deployment web') });
    expect(await stage.house.database.prisma.deployment.findFirstOrThrow()).toMatchObject({
      outcome: 'Progressing',
      images: ['web:1'],
    });
  });

  it('stops between steps when terminated', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    await terminateOperation(stage.house.as('operator'), { id });
    const done = await stage.finish(id);
    expect(done).toMatchObject({ phase: 'terminated', message: 'Terminated by Test operator.' });
    expect(stage.house.live.calls.apply).toBe(0);
    await expect(terminateOperation(stage.house.as('operator'), { id })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a worker that dies', () => {
  it.each([1, 2])('after %i applies is resumed without repeating harm', async (survived) => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    let applied = 0;
    const death = new AbortController();
    stage.house.live.onApplied = () => {
      applied += 1;
      if (applied === survived) death.abort(new Error('killed'));
    };
    await runOperation(stage.house.ctx, id, death.signal).catch(() => undefined);
    stage.house.live.onApplied = () => undefined;
    expect(await resumeOperations(stage.house.ctx)).toBeLessThanOrEqual(1);
    const done = await stage.finish(id);
    expect(done.phase).toBe('succeeded');
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(await stage.house.database.prisma.deployment.count()).toBe(1);
    expect((await stage.audit()).filter((line) => line.startsWith('sync.finish'))).toEqual(['sync.finish succeeded']);
  });

  it('after a failure was written does not end as if nothing had failed', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    await stage.house.database.prisma.operation.update({ where: { id }, data: { phase: 'running', attempt: 1 } });
    const object = { operationId_key: { operationId: id, key: SETTINGS } };
    const failed = { result: 'failed', message: 'quota exceeded' };
    await stage.house.database.prisma.operationObject.update({ where: object, data: failed });
    const done = await stage.finish(id);
    expect(done.objects.map((one) => one.result)).toEqual(['created', 'created']);
    expect(done).toMatchObject({ phase: 'succeeded', message: '2 created' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
  });

  it('again and again leaves an operation closed as interrupted', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    await stage.house.database.prisma.operation.update({ where: { id }, data: { phase: 'running', attempt: 6 } });
    expect(await stage.finish(id)).toMatchObject({ phase: 'interrupted' });
  });
});

describe('what does not answer', () => {
  const refused = new ClusterError('unreachable', 'connection refused');
  const later = (seconds: number): WorkerContext => {
    const { ctx } = stage.house;
    return { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + seconds * 1000) } };
  };

  it('a fault that passes is tried again', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    const { ctx } = stage.house;
    const source = { ...ctx.ports.source, keep: () => Promise.reject(new Error('Connection terminated')) };
    expect(await runOperation({ ...ctx, ports: { ...ctx.ports, source } }, id)).toBe(1_000);
    expect(await getOperation(ctx, { id })).toMatchObject({
      phase: 'running',
      message: 'Connection terminated. Trying again in 1 s (failed once).',
    });
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded', message: '2 created' });
  });

  it('a fault that stays fails the operation', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    const { ctx } = stage.house;
    const source = { ...ctx.ports.source, keep: () => Promise.reject(new Error('disk full')) };
    const broken = { ...ctx, ports: { ...ctx.ports, source } };
    const answers: (number | null)[] = [];
    for (let turn = 0; turn < 5; turn += 1) answers.push(await runOperation(broken, id));
    expect(answers).toEqual([1_000, 2_000, 4_000, 8_000, null]);
    expect(await getOperation(ctx, { id })).toMatchObject({ phase: 'failed', message: 'disk full' });
  });

  it('a cluster is waited for as long as there is patience, and no try counts as a lost worker', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    stage.house.live.failure = (call) => (call === 'connect' ? refused : undefined);
    for (let turn = 0; turn < 8; turn += 1) expect(await runOperation(later(turn), id)).toBeGreaterThan(0);
    const row = await stage.house.database.prisma.operation.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ phase: 'running', attempt: 0, hinderedTries: 8 });
    expect(await runOperation(later(600), id)).toBeNull();
    expect(await getOperation(stage.house.ctx, { id })).toMatchObject({
      phase: 'failed',
      message: 'connection refused',
    });
    expect((await stage.audit()).filter((line) => line.startsWith('sync.finish'))).toEqual(['sync.finish failed']);
  });

  it('a cluster that goes away in the middle leaves the rest pending, and it is applied when it is back', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    stage.house.live.failure = (call, key) => (call === 'apply' && key === SETTINGS ? refused : undefined);
    expect(await runOperation(stage.house.ctx, id)).toBe(1_000);
    const hindered = await getOperation(stage.house.ctx, { id });
    expect(hindered.objects.map((one) => `${one.result} ${one.message}`)).toEqual([
      'created ',
      'pending connection refused',
    ]);
    expect(hindered.message).toContain('Trying again');
    stage.house.live.failure = () => undefined;
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded', message: '2 created' });
    const row = await stage.house.database.prisma.operation.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ hinderedTries: 0, hinderedSince: null });
  });

  it('a person may end the waiting', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    stage.house.live.failure = (call) => (call === 'connect' ? refused : undefined);
    await runOperation(stage.house.ctx, id);
    await terminateOperation(stage.house.ctx, { id });
    expect(await runOperation(stage.house.ctx, id)).toBeNull();
    expect(await getOperation(stage.house.ctx, { id })).toMatchObject({ phase: 'terminated' });
  });

  it('what the cluster refuses is not tried again', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    const forbidden = new ClusterError('forbidden', 'configmaps is forbidden');
    stage.house.live.failure = (call, key) => (call === 'apply' && key === SETTINGS ? forbidden : undefined);
    expect(await runOperation(stage.house.ctx, id)).toBeNull();
    expect(await getOperation(stage.house.ctx, { id })).toMatchObject({ phase: 'failed' });
  });
});
