import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { writtenBy } from '#lib/testing/worker-house.ts';
import { renderApplication } from '../revisions/render.ts';
import { detect } from './detect.ts';

let stage: Stage;
let settled: Manifest;
beforeEach(async () => {
  stage = await Stage.open();
  await stage.sync();
  await renderApplication(stage.house.ctx, stage.app.id);
  stage.later(60_000);
  const live = stage.house.live.get(SETTINGS);
  if (!live) throw new Error('it was not applied');
  settled = live;
  await look();
});
afterEach(() => stage.house.stop());

async function look(): Promise<{ againMs: number | null }> {
  const { clusterId } = await stage.house.database.prisma.application.findFirstOrThrow();
  return detect(stage.house.ctx, stage.app.id, await stage.house.live.cluster(clusterId));
}
const state = () => stage.house.database.prisma.applicationState.findFirstOrThrow();
const records = () => stage.house.database.prisma.driftRecord.findMany({ orderBy: { firstSeenAt: 'asc' } });

/** Somebody changes the field, and it is seen. */
async function change(): Promise<void> {
  stage.house.live.put({
    ...settled,
    metadata: { ...settled.metadata, managedFields: [writtenBy('keda-operator', { 'f:data': { 'f:level': {} } })] },
    data: { level: 'theirs' },
  });
  if ((await look()).againMs === 0) await look();
}

/** The field is put right, and that is seen. */
async function heal(): Promise<void> {
  stage.later(5_000);
  stage.house.live.put(settled);
  await look();
  stage.later(5_000);
}

describe('a field that is put right and changed again', () => {
  it('is one record with a count, and after the third time the application says who fights over what', async () => {
    await change();
    for (let round = 0; round < 2; round += 1) {
      await heal();
      await change();
    }
    expect(await records()).toMatchObject([{ path: 'data.level', count: 3, heals: 2, closedAt: null }]);
    expect(await state()).not.toMatchObject({ attentionReason: 'fought-over' });
    await heal();
    await change();
    expect(await records()).toMatchObject([{ count: 4, heals: 3, manager: 'keda-operator', closedAt: null }]);
    expect(await state()).toMatchObject({
      attentionReason: 'fought-over',
      cause:
        'data.level of ConfigMap settings is fought over: keda-operator changes it again each time it is put right (3 times)',
    });
  });

  it('is named no more once it stays right', async () => {
    for (let round = 0; round < 4; round += 1) {
      await change();
      await heal();
    }
    expect(await records()).toMatchObject([{ heals: 3 }]);
    expect((await records())[0]?.closedAt).not.toBeNull();
    expect(await state()).not.toMatchObject({ attentionReason: 'fought-over' });
  });

  it('is a new record when that was long ago', async () => {
    await change();
    await heal();
    stage.later(31 * 60_000);
    await change();
    expect(await records()).toMatchObject([
      { count: 1, heals: 0 },
      { count: 1, heals: 0, closedAt: null },
    ]);
  });
});
