import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanView } from '#lib/contracts/operations.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { syncAutomatically } from './automatic.ts';
import { awaitHealth } from './await-health.ts';
import { getOperation } from './get.ts';
import { requestOperation } from './request.ts';
import { runOperation } from './run.ts';

const WEB = 'apps/Deployment/shop/web';
const DEPLOYMENT =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n' +
  'spec: {replicas: 1, template: {spec: {containers: [{name: c, image: "web:broken"}]}}}\n';
const BY_TEST = 'Applied; waiting was ended by the next operation, requested by Test operator.';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

const phaseOf = async (id: string) => (await getOperation(stage.house.ctx, { id })).phase;
const active = () => stage.house.database.prisma.operation.findMany({ where: { finishedAt: null } });
const finishesOf = (id: string) =>
  stage.house.database.prisma.auditEvent.count({
    where: { verb: { in: ['sync.finish', 'rollback.finish'] }, detail: { path: ['operationId'], equals: id } },
  });

/** A good deployment, then a broken one whose sync has applied everything and waits. */
async function breakIt(): Promise<{ good: string; waiting: string }> {
  await stage.sync();
  const good = (await stage.house.database.prisma.deployment.findFirstOrThrow()).id;
  await stage.push('Break', {
    'app/web.yaml': DEPLOYMENT,
    'app/config.yaml': configMap('settings', { level: '2' }),
  });
  const waiting = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
  await runOperation(stage.house.ctx, waiting);
  await awaitHealth(stage.house.ctx, waiting);
  expect(await phaseOf(waiting)).toBe('waiting');
  stage.later(1_000);
  return { good, waiting };
}

describe('an operation that only waits for health', () => {
  it('is ended by a roll back, and both are on the record', async () => {
    const { good, waiting } = await breakIt();
    const plan = await stage.plan({ kind: 'rollback-git', deploymentId: good, reason: 'it broke' });
    expect(plan).toMatchObject({ state: 'ready', error: null });
    expect(await phaseOf(waiting)).toBe('waiting');
    const id = await stage.click(plan);
    expect(await getOperation(stage.house.ctx, { id: waiting })).toMatchObject({
      phase: 'terminated',
      message: BY_TEST,
    });
    const { prisma } = stage.house.database;
    expect(await prisma.applicationState.findFirstOrThrow()).toMatchObject({ activeOperationId: id });
    expect(await prisma.deployment.findFirstOrThrow({ where: { operationId: waiting } })).toMatchObject({
      message: BY_TEST,
      outcome: 'Unknown',
      images: ['web:broken'],
    });
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(stage.house.live.get(WEB)).toBeUndefined();
    expect((await stage.audit()).slice(-5)).toEqual([
      'sync.request allowed',
      'sync.finish failed',
      'rollback.request allowed',
      'rollback.commit succeeded',
      'rollback.finish succeeded',
    ]);
    const request = await prisma.auditEvent.findFirstOrThrow({ where: { verb: 'rollback.request' } });
    expect(request.detail).toMatchObject({ operationId: id, supersedes: waiting });
  });

  it('is left alone by a click that is refused', async () => {
    const { waiting } = await breakIt();
    const plan = await stage.plan({ kind: 'sync', prune: false });
    await expect(stage.click({ ...plan, hash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' });
    expect(await phaseOf(waiting)).toBe('waiting');
  });

  it('has one outcome when it ends by itself at the same moment', async () => {
    const { waiting } = await breakIt();
    const plan = await stage.plan({ kind: 'sync', prune: false });
    const status = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
    const live = stage.house.live.get(WEB);
    if (!live) throw new Error('there is no Deployment');
    stage.house.live.put({ ...live, status });
    const [id] = await Promise.all([stage.click(plan), awaitHealth(stage.house.ctx, waiting)]);
    expect(['succeeded', 'terminated']).toContain(await phaseOf(waiting));
    expect(await finishesOf(waiting)).toBe(1);
    expect(await stage.house.database.prisma.deployment.count({ where: { operationId: waiting } })).toBe(1);
    expect((await active()).map((row) => row.id)).toEqual([id]);
    expect(await stage.house.database.prisma.applicationState.findFirstOrThrow()).toMatchObject({
      activeOperationId: id,
    });
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
  });

  it('gives way to one of two clicks, and the other is refused and audited', async () => {
    const { waiting } = await breakIt();
    const plans: PlanView[] = [];
    for (let one = 0; one < 2; one += 1) plans.push(await stage.plan({ kind: 'sync', prune: false }));
    const clicks = await Promise.allSettled(plans.map((plan) => stage.click(plan)));
    expect(clicks.map((click) => click.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(clicks.find((click) => click.status === 'rejected')?.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^A sync by Test operator is under way on app-/),
    });
    expect(await active()).toHaveLength(1);
    expect(await finishesOf(waiting)).toBe(1);
    expect((await stage.audit()).filter((line) => line === 'sync.request refused')).toHaveLength(1);
  });

  it('does not give way while it still applies', async () => {
    const { waiting } = await breakIt();
    const plan = await stage.plan({ kind: 'sync', prune: false });
    await stage.house.database.prisma.operation.update({ where: { id: waiting }, data: { phase: 'running' } });
    await expect(stage.click(plan)).rejects.toMatchObject({ code: 'conflict' });
    expect(await phaseOf(waiting)).toBe('running');
  });

  it('does not give way to automatic sync when a person started it', async () => {
    const { waiting } = await breakIt();
    await stage.house.database.prisma.application.update({
      where: { id: stage.app.id },
      data: { syncPolicy: { automated: true } },
    });
    await stage.push('Mend', { 'app/web.yaml': null });
    await syncAutomatically(stage.house.ctx, stage.app.id);
    expect((await active()).map((row) => row.id)).toEqual([waiting]);
  });
});

describe('a click', () => {
  it('syncs a pinned application to its pin', async () => {
    await stage.sync();
    const good = (await stage.house.database.prisma.deployment.findFirstOrThrow()).id;
    await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    await stage.sync();
    const expiresAt = new Date(stage.house.clock.at.getTime() + 3_600_000).toISOString();
    const pin = await stage.plan({ kind: 'pin', deploymentId: good, reason: 'memory leak', expiresAt });
    await stage.finish(await stage.click(pin));
    const plan = await stage.plan({ kind: 'sync', prune: false });
    const input = { planId: plan.id, planHash: plan.hash ?? '' };
    const operation = await requestOperation(stage.house.as('operator'), { applicationId: stage.app.id, input });
    expect(await stage.finish(operation.id)).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
  });
});
