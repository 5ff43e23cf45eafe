import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimJobs, completeJob } from '#lib/database/queue.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { detect } from '../drift/detect.ts';
import { renderApplication } from '../revisions/render.ts';
import { syncAutomatically } from './automatic.ts';

let stage: Stage;
/** What the application of the stage depends on. */
let baseId: string;
beforeEach(async () => {
  stage = await Stage.open({ name: 'web', syncPolicy: { automated: true, selfHeal: true } });
  const files = { 'app/config.yaml': configMap('base', { level: '1' }) };
  baseId = (await stage.house.createApplication({ name: 'base', path: 'app', files })).id;
  await prisma().applicationDependency.create({ data: { applicationId: stage.app.id, dependsOnId: baseId } });
});
afterEach(() => stage.house.stop());

const prisma = () => stage.house.database.prisma;

async function baseIs(state: { sync?: string; health?: string; deployedSha?: string | null; digest?: string }) {
  await prisma().applicationState.update({
    where: { applicationId: baseId },
    data: { sync: 'Synced', health: 'Healthy', deployedSha: 'a'.repeat(40), digest: 'compared', ...state },
  });
}

/** How long automatic sync waits, or what it did. */
async function automatic(): Promise<number | string> {
  const waits = await syncAutomatically(stage.house.ctx, stage.app.id);
  const active = await prisma().operation.findFirst({ where: { phase: 'requested' } });
  if (active) return (await stage.finish(active.id)).phase;
  return waits ?? 'nothing';
}

describe('automatic sync of what depends on another', () => {
  it.each([
    ['never synced', { deployedSha: null }],
    ['OutOfSync', { sync: 'OutOfSync' }],
    ['being synced', { sync: 'Syncing' }],
    ['Degraded', { health: 'Degraded' }],
    ['Progressing', { health: 'Progressing' }],
    ['not compared since it changed', { digest: '' }],
  ])('waits while that is %s', async (_, state) => {
    await baseIs(state);
    expect(await automatic()).toBe(30_000);
    expect(stage.dataOf(SETTINGS)).toBeUndefined();
    await baseIs({});
    expect(await automatic()).toBe('succeeded');
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
  });

  it('waits while that is to be rendered: a commit may have changed both', async () => {
    await baseIs({});
    await inTransaction(stage.house.database, async ({ enqueue }) => enqueue({ kind: 'render', key: baseId }));
    expect(await automatic()).toBe(30_000);
    const { queue } = stage.house.database;
    for (const job of await claimJobs(queue, 'render', { limit: 10 })) {
      expect(await automatic()).toBe(30_000);
      await completeJob(queue, job);
    }
    expect(await automatic()).toBe('succeeded');
  });

  it('corrects drift all the same', async () => {
    await baseIs({});
    await automatic();
    await baseIs({ health: 'Degraded' });
    const live = stage.house.live.get(SETTINGS);
    if (live) stage.house.live.put({ ...live, data: { level: 'by hand' } });
    await prisma().applicationState.update({
      where: { applicationId: stage.app.id },
      data: { driftCount: 1, outOfSyncCount: 1 },
    });
    stage.later(60_000);
    expect(await automatic()).toBe('succeeded');
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
  });

  it('is asked for in the moment that becomes ready, and not again while it stays so', async () => {
    const { ctx, live, database } = stage.house;
    const { clusterId } = await prisma().application.findUniqueOrThrow({ where: { id: baseId } });
    await renderApplication(ctx, baseId);
    const state = await prisma().applicationState.findUniqueOrThrow({ where: { applicationId: baseId } });
    await prisma().applicationState.update({
      where: { applicationId: baseId },
      data: { deployedSha: state.targetSha, deployedSetId: state.targetSetId },
    });
    const asked = async () => {
      const jobs = await claimJobs(database.queue, 'auto-sync', { limit: 10 });
      for (const job of jobs) await completeJob(database.queue, job);
      return jobs.filter((job) => job.key === stage.app.id).length;
    };
    await detect(ctx, baseId, await live.cluster(clusterId));
    expect(await asked()).toBe(0);
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'base',
        namespace: 'shop',
        annotations: { 'quarterdeck.dev/tracking-id': `${baseId}:/ConfigMap/shop/base` },
      },
      data: { level: '1' },
    };
    live.put(object);
    await detect(ctx, baseId, await live.cluster(clusterId));
    expect(await prisma().applicationState.findUniqueOrThrow({ where: { applicationId: baseId } })).toMatchObject({
      sync: 'Synced',
      health: 'Healthy',
    });
    expect(await asked()).toBe(1);
    await detect(ctx, baseId, await live.cluster(clusterId));
    expect(await asked()).toBe(0);
  });

  it('tells a person who plans a sync, and does not hold them', async () => {
    await baseIs({ health: 'Degraded' });
    const plan = await stage.plan({ kind: 'sync', prune: false });
    expect(plan.result?.guards).toEqual([
      {
        level: 'warn',
        message: expect.stringMatching(/^project-\d+\/base, which web depends on, is Degraded\.$/),
        typedName: null,
      },
    ]);
    expect(await stage.finish(await stage.click(plan))).toMatchObject({ phase: 'succeeded' });
  });

  it('stays quiet about one that is ready', async () => {
    await baseIs({});
    await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    expect((await stage.plan({ kind: 'sync', prune: false })).result?.guards).toEqual([]);
  });
});
