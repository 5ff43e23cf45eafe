import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimJobs } from '#lib/database/queue.ts';
import type { ManagedFieldsEntry, Manifest } from '#lib/domain/resource/manifest.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { writtenBy } from '#lib/testing/worker-house.ts';
import { renderApplication } from '../revisions/render.ts';
import { detect } from './detect.ts';

const B = '/ConfigMap/shop/b';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

const state = () => stage.house.database.prisma.applicationState.findFirstOrThrow();
const drifts = () => stage.house.database.prisma.driftRecord.findMany({ orderBy: { firstSeenAt: 'asc' } });

/** Looks as the worker that watches the cluster does, long after any operation. */
async function look(): Promise<void> {
  const { clusterId } = await stage.house.database.prisma.application.findFirstOrThrow();
  await detect(stage.house.ctx, stage.app.id, await stage.house.live.cluster(clusterId));
}

function give(key: string, managedFields: ManagedFieldsEntry[]): void {
  const live = stage.house.live.get(key);
  if (!live) throw new Error(`${key} is not there`);
  stage.house.live.put({ ...live, metadata: { ...live.metadata, managedFields } });
}

/** `b` was synced, dropped from Git, and left by a sync that does not prune. */
async function leaveB(): Promise<void> {
  await stage.push('Add b', { 'app/b.yaml': configMap('b', { level: '1' }) });
  await stage.sync();
  await stage.push('Drop b', { 'app/b.yaml': null });
  await stage.sync(false);
  await renderApplication(stage.house.ctx, stage.app.id);
  stage.later(60_000);
}

describe('an object of ours that is neither in Git nor deployed', () => {
  it('is a pending change when a sync left it unpruned', async () => {
    await leaveB();
    give(B, [writtenBy('quarterdeck', { 'f:data': { 'f:level': {} } }, 'Apply')]);
    await look();
    expect(await state()).toMatchObject({ sync: 'OutOfSync', outOfSyncCount: 1, driftCount: 0 });
    expect(await drifts()).toEqual([]);
  });

  it('is drift of whoever made it when we never applied it', async () => {
    await leaveB();
    give(B, [writtenBy('kubectl-create', { 'f:data': { 'f:level': {} } })]);
    await look();
    expect(await drifts()).toMatchObject([
      { objectKey: B, kind: 'extra', manager: 'kubectl-create', culprit: 'person', closedAt: null },
    ]);
  });
});

describe('a field that our own apply set', () => {
  const applied = writtenBy('quarterdeck', { 'f:data': { 'f:level': {} } }, 'Apply');
  beforeEach(async () => {
    await stage.sync();
    await renderApplication(stage.house.ctx, stage.app.id);
    stage.later(60_000);
  });

  it('is equal to Git when the server makes the same of what Git says', async () => {
    stage.house.live.admit = (manifest) =>
      manifest.kind === 'ConfigMap' ? { ...manifest, data: { level: 'admitted' } } : manifest;
    const live = stage.house.live.get(SETTINGS);
    stage.house.live.put({ ...(live as Manifest), data: { level: 'admitted' } });
    give(SETTINGS, [applied]);
    await look();
    expect(await state()).toMatchObject({ sync: 'Synced', driftCount: 0 });
  });

  it('is drift as soon as somebody else changed it', async () => {
    const live = stage.house.live.get(SETTINGS);
    stage.house.live.put({ ...(live as Manifest), data: { level: 'by hand' } });
    give(SETTINGS, [writtenBy('kubectl-edit', { 'f:data': { 'f:level': {} } })]);
    await look();
    expect(await drifts()).toMatchObject([{ path: 'data.level', manager: 'kubectl-edit' }]);
  });

  it('is a pending change, and no drift, when a sync that did not finish set it and Git moved on', async () => {
    const live = stage.house.live.get(SETTINGS);
    stage.house.live.put({ ...(live as Manifest), data: { level: '2' } });
    give(SETTINGS, [applied]);
    await stage.push('Three', { 'app/config.yaml': configMap('settings', { level: '3' }) });
    await renderApplication(stage.house.ctx, stage.app.id);
    await look();
    expect(await state()).toMatchObject({ sync: 'OutOfSync', driftCount: 0 });
    expect(await drifts()).toEqual([]);
  });
});

describe('a drift record', () => {
  it('of a deleted object stays open while a sync is under way, and closes when it is seen again', async () => {
    await stage.sync();
    await renderApplication(stage.house.ctx, stage.app.id);
    stage.later(60_000);
    const { live, ctx } = stage.house;
    const before = live.get(SETTINGS);
    if (!before) throw new Error('it was not applied');
    live.objects.delete(SETTINGS);
    await look();
    expect(await drifts()).toMatchObject([{ objectKey: SETTINGS, kind: 'missing', closedAt: null }]);
    await stage.click(await stage.plan({ kind: 'sync', prune: false }));
    await look();
    expect(await drifts()).toMatchObject([{ kind: 'missing', closedAt: null }]);
    live.put(before);
    await look();
    expect(await drifts()).toMatchObject([{ kind: 'missing', closedAt: ctx.clock.now() }]);
  });
});

describe('a kind that the cluster did not serve when Git was rendered', () => {
  it('is placed again once it does', async () => {
    const { live, ctx, database } = stage.house;
    const keys = async () => {
      const { targetSetId } = await state();
      return (await database.prisma.renderedObject.findMany({ where: { setId: targetSetId ?? '' } })).map(
        (object) => object.key,
      );
    };
    live.unserved.add('ClusterIssuer');
    await stage.push('Issue', {
      'app/issuer.yaml': 'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: main}\nspec: {}\n',
    });
    await renderApplication(ctx, stage.app.id);
    expect(await keys()).toContain('cert-manager.io/ClusterIssuer/shop/main');
    await claimJobs(database.queue, 'render', { limit: 10 });
    live.unserved.delete('ClusterIssuer');
    await look();
    expect((await claimJobs(database.queue, 'render', { limit: 10 })).map((job) => job.key)).toEqual([stage.app.id]);
    await renderApplication(ctx, stage.app.id);
    expect(await keys()).toContain('cert-manager.io/ClusterIssuer//main');
    await look();
    expect(await claimJobs(database.queue, 'render', { limit: 10 })).toEqual([]);
  });
});
