import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '#lib/testing/stage.ts';
import { syncAutomatically } from './automatic.ts';
import { getOperation } from './get.ts';
import { runOperation } from './run.ts';

const DEPLOYMENT =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n' +
  'spec: {replicas: 1, template: {spec: {containers: [{name: c, image: "web:broken"}]}}}\n';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open({ syncPolicy: { automated: true, selfHeal: true, prune: true } });
});
afterEach(() => stage.house.stop());

const active = () => stage.house.database.prisma.operation.findMany({ where: { finishedAt: null } });

interface Past {
  phase: string;
  /** Minutes before now at which it ended, and how long it took. */
  endedAgo: number;
  took?: number;
  by?: 'system' | 'user';
  applied?: boolean;
}

/** An operation that is over, as it stands in the table. */
async function past({ phase, endedAgo, took = 1, by = 'system', applied = false }: Past): Promise<void> {
  const ago = (minutes: number) => new Date(stage.house.clock.at.getTime() - minutes * 60_000);
  const { prisma } = stage.house.database;
  const { targetSha } = await prisma.applicationState.findFirstOrThrow();
  await prisma.operation.create({
    data: {
      applicationId: stage.app.id,
      kind: 'sync',
      phase,
      input: { kind: 'sync', prune: true },
      revision: targetSha,
      actorKind: by,
      actorId: by,
      actorName: by,
      requestId: 'test',
      createdAt: ago(endedAgo + took),
      appliedAt: applied ? ago(endedAgo) : null,
      finishedAt: ago(endedAgo),
    },
  });
}

/** Whether automatic sync began something. */
async function begins(): Promise<boolean> {
  await syncAutomatically(stage.house.ctx, stage.app.id);
  return (await active()).length > 0;
}

describe('automatic sync of a failing revision', () => {
  it('rests after five attempts in a row, however long each took', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1)
      await past({ phase: 'failed', endedAgo: 60 + (5 - attempt) * 45, took: 40 });
    expect(await begins()).toBe(false);
    await stage.push('Mend', { 'app/README.md': 'mended' });
    expect(await begins()).toBe(true);
  });

  it('begins anew after a click that succeeded', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await past({ phase: 'failed', endedAgo: 60 - attempt * 5 });
    expect(await begins()).toBe(false);
    await past({ phase: 'failed', endedAgo: 20, by: 'user' });
    expect(await begins()).toBe(false);
    await past({ phase: 'succeeded', endedAgo: 10, by: 'user' });
    expect(await begins()).toBe(true);
  });

  it('is another attempt with other options', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await past({ phase: 'failed', endedAgo: 60 - attempt * 5 });
    await stage.house.database.prisma.application.update({
      where: { id: stage.app.id },
      data: { syncPolicy: { automated: true } },
    });
    expect(await begins()).toBe(true);
  });
});

describe('automatic sync that a person ended', () => {
  it.each([
    ['is not begun again before everything was applied', false, false],
    ['counts as done once everything was applied', true, true],
  ])('%s', async (_name, applied, begun) => {
    await past({ phase: 'terminated', endedAgo: 30, applied });
    expect(await begins()).toBe(begun);
  });
});

describe('automatic sync that waits for health', () => {
  it('gives way to the next one when Git has left its revision behind', async () => {
    await stage.sync();
    stage.later(60_000);
    await stage.push('Break', { 'app/web.yaml': DEPLOYMENT });
    await syncAutomatically(stage.house.ctx, stage.app.id);
    const [broken] = await active();
    await runOperation(stage.house.ctx, broken?.id ?? '');
    await syncAutomatically(stage.house.ctx, stage.app.id);
    expect((await active()).map((row) => row.id)).toEqual([broken?.id]);
    await stage.push('Mend', { 'app/web.yaml': null });
    await syncAutomatically(stage.house.ctx, stage.app.id);
    const [mend] = await active();
    expect(mend?.id).not.toBe(broken?.id);
    expect(await stage.finish(mend?.id ?? '')).toMatchObject({ phase: 'succeeded', automatic: true });
    expect(await getOperation(stage.house.ctx, { id: broken?.id ?? '' })).toMatchObject({
      phase: 'terminated',
      message: expect.stringContaining('requested by Quarterdeck'),
    });
  });
});
