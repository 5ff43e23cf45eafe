import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { claimJobs, completeJob, JOB_KINDS } from '#lib/database/queue.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { expirePin } from '../pins/expire.ts';
import { releasePin } from '../pins/release.ts';
import { syncAutomatically } from './automatic.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

describe('pin', () => {
  let good: string;
  beforeEach(async () => {
    await stage.house.database.prisma.application.update({
      where: { id: stage.app.id },
      data: { syncPolicy: { automated: true, selfHeal: true } },
    });
    await stage.sync();
    good = (await stage.house.database.prisma.deployment.findFirstOrThrow()).id;
    await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    await stage.sync();
  });
  const pinFor = (minutes: number): PlanInput => ({
    kind: 'pin',
    deploymentId: good,
    reason: 'memory leak',
    expiresAt: new Date(stage.house.clock.at.getTime() + minutes * 60_000).toISOString(),
  });
  const later = (minutes: number) => {
    stage.house.clock.at = new Date(stage.house.clock.at.getTime() + minutes * 60_000);
  };
  const runAutomatic = async () => {
    await syncAutomatically(stage.house.ctx, stage.app.id);
    const active = await stage.house.database.prisma.operation.findFirst({ where: { phase: 'requested' } });
    return active ? stage.finish(active.id) : null;
  };

  it('stands against a roll back on the branch it overrules, and not against one on a branch of its own', async () => {
    await stage.finish(await stage.click(await stage.plan(pinFor(60))));
    const back = { kind: 'rollback-git' as const, deploymentId: good, reason: 'memory leak' };
    const view = await stage.plan(back);
    expect(view.result?.guards).toContainEqual({
      level: 'block',
      message: expect.stringMatching(
        /^\S+ is pinned to [0-9a-f]{7} by .+ until 2026-11-24 13:\d\d UTC\. Release the pin/,
      ),
      typedName: null,
    });
    await expect(stage.click(view)).rejects.toMatchObject({ code: 'refused' });
    const aside = await stage.plan({ ...back, newBranch: 'aside' });
    expect(aside.result?.guards).toEqual([]);
    await releasePin(stage.house.ctx, { applicationId: stage.app.id });
    expect((await stage.plan(back)).result?.guards).toEqual([]);
  });

  it('holds against automatic sync, is announced, expires, and returns to Git', async () => {
    expect(await stage.finish(await stage.click(await stage.plan(pinFor(60))))).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(await runAutomatic()).toBeNull();
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    later(46);
    expect(await expirePin(stage.house.ctx, stage.app.id)).toBeGreaterThan(0);
    expect(await stage.audit()).toContain('pin.announce succeeded');
    later(15);
    expect(await expirePin(stage.house.ctx, stage.app.id)).toBeNull();
    expect(await stage.house.database.prisma.pin.findFirstOrThrow()).toMatchObject({
      endedHow: 'expired',
      reason: 'memory leak',
    });
    expect(await runAutomatic()).toMatchObject({ phase: 'succeeded', automatic: true });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('does not hold past its expiry even before its end was recorded', async () => {
    await stage.finish(await stage.click(await stage.plan(pinFor(10))));
    later(11);
    expect(await runAutomatic()).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('is replaced by another pin and released by hand', async () => {
    await stage.finish(await stage.click(await stage.plan(pinFor(10))));
    await stage.finish(await stage.click(await stage.plan(pinFor(20))));
    await releasePin(stage.house.as('operator'), { applicationId: stage.app.id });
    const pins = await stage.house.database.prisma.pin.findMany({ orderBy: { createdAt: 'asc' } });
    expect(pins.map((pin) => pin.endedHow)).toEqual(['replaced', 'released']);
    await expect(releasePin(stage.house.as('operator'), { applicationId: stage.app.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(releasePin(stage.house.as('viewer'), { applicationId: stage.app.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it.each([
    ['the past', -1],
    ['two months', 60 * 24 * 61],
  ])('refuses to hold until %s', async (_, minutes) => {
    await expect(stage.plan(pinFor(minutes))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'expiresAt' }],
    });
  });
});

describe('automatic sync', () => {
  it('heals drift, then slows down', async () => {
    await stage.house.database.prisma.application.update({
      where: { id: stage.app.id },
      data: { syncPolicy: { automated: true, selfHeal: true } },
    });
    await syncAutomatically(stage.house.ctx, stage.app.id);
    const first = await stage.house.database.prisma.operation.findFirstOrThrow();
    expect(await stage.finish(first.id)).toMatchObject({
      phase: 'succeeded',
      automatic: true,
      actor: { name: 'Quarterdeck' },
    });
    stage.house.live.put({ ...(stage.house.live.get(SETTINGS) as Manifest), data: { level: 'by hand' } });
    await stage.house.database.prisma.applicationState.update({
      where: { applicationId: stage.app.id },
      data: { driftCount: 1, outOfSyncCount: 1 },
    });
    expect(await syncAutomatically(stage.house.ctx, stage.app.id)).toBeGreaterThan(0);
    stage.house.clock.at = new Date(stage.house.clock.at.getTime() + 3_000);
    expect(await syncAutomatically(stage.house.ctx, stage.app.id)).toBeNull();
    const second = await stage.house.database.prisma.operation.findFirstOrThrow({ where: { phase: 'requested' } });
    await stage.finish(second.id);
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
  });

  it('does nothing when it is off', async () => {
    expect(await syncAutomatically(stage.house.ctx, stage.app.id)).toBeNull();
    expect(await stage.house.database.prisma.operation.count()).toBe(0);
  });
});

describe('secrets', () => {
  it('leave no trace of their values in any table', async () => {
    const canary = 'canary-5b1f0c7e';
    const text = `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: ${canary}}\n`;
    await stage.push('Secret', { 'app/secret.yaml': text });
    stage.house.live.failure = (call, key) =>
      call === 'apply' && key.includes('Secret') ? new ClusterError('invalid', `bad value ${canary}`) : undefined;
    await stage.sync();
    stage.house.live.failure = () => undefined;
    await stage.sync();
    const tables = await stage.house.database.prisma.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
    const encoded = Buffer.from(canary).toString('base64');
    for (const { name } of tables) {
      const [found] = await stage.house.database.prisma.$queryRawUnsafe<{ hits: bigint }[]>(
        `SELECT count(*) AS hits FROM ${name} AS t WHERE t::text LIKE '%${canary}%' OR t::text LIKE '%${encoded}%'`,
      );
      expect(`${name}: ${found?.hits ?? 0n}`).toBe(`${name}: 0`);
    }
    expect(JSON.stringify(stage.house.live.get('/Secret/shop/db'))).toContain(canary);
  });
});

describe('jobs', () => {
  it('follow every click', async () => {
    const id = await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    const claimed = [];
    for (const kind of JOB_KINDS) {
      for (const job of await claimJobs(stage.house.database.queue, kind, { limit: 10 })) {
        claimed.push(`${kind} ${job.key === id ? 'operation' : 'other'}`);
        await completeJob(stage.house.database.queue, job);
      }
    }
    expect(claimed).toContain('operate operation');
  });
});
