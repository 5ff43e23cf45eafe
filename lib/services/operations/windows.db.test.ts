import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { PlanInput } from '#lib/contracts/operations.ts';
import type { syncWindow } from '#lib/contracts/projects.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { getApplication } from '../applications/get.ts';
import { updateProject } from '../projects/manage.ts';
import { syncAutomatically } from './automatic.ts';
import { runOperation } from './run.ts';

const MINUTE = 60_000;
/** The stage's clock begins at noon of 2026-11-24, UTC. */
const LUNCH: z.input<typeof syncWindow> = {
  kind: 'deny',
  schedule: '0 12 * * *',
  duration: '1h30m',
  applications: ['*'],
  description: 'lunch',
};

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.house.stop());

async function setWindows(...syncWindows: z.input<typeof syncWindow>[]): Promise<void> {
  const { id } = await stage.house.database.prisma.project.findFirstOrThrow();
  await updateProject(stage.house.as('admin'), { id, change: { syncWindows } });
}

const automate = () =>
  stage.house.database.prisma.application.update({
    where: { id: stage.app.id },
    data: { syncPolicy: { automated: true, selfHeal: true } },
  });
const automatic = () => syncAutomatically(stage.house.ctx, stage.app.id);
const operations = () => stage.house.database.prisma.operation.count();
const page = () => getApplication(stage.house.as('viewer'), { id: stage.app.id });
const refusals = () => stage.house.database.prisma.auditEvent.findMany({ where: { outcome: 'refused' } });

describe('automatic sync', () => {
  it('is held by a closed window, says so without an error, and goes on when it opens', async () => {
    await automate();
    await setWindows(LUNCH);
    expect(await automatic()).toBe(90 * MINUTE);
    expect(await operations()).toBe(0);
    expect(await page()).toMatchObject({
      error: null,
      attentionReason: '',
      syncWindow: {
        manual: 'closed',
        words:
          'Automatic sync waits: the window "lunch" denies it until 13:30 UTC. Nobody may sync by hand until then.',
        changesAt: '2026-11-24T13:30:00.000Z',
      },
    });
    expect(await refusals()).toEqual([]);
    stage.later(90 * MINUTE - 1);
    expect(await automatic()).toBe(1);
    stage.later(1);
    expect(await automatic()).toBeNull();
    expect(await operations()).toBe(1);
    expect(await page()).toMatchObject({ syncWindow: { manual: 'open', words: '' } });
  });

  it('waits outside an allow window whatever a person may do, and looks again within a day', async () => {
    await automate();
    await setWindows({ ...LUNCH, kind: 'allow', schedule: '0 9 * * 5', timeZone: 'Europe/Berlin', manualSync: true });
    expect(await automatic()).toBe(24 * 60 * MINUTE);
    expect((await page()).syncWindow?.words).toBe(
      'Automatic sync waits for the window "lunch", opens Fri 27 Nov 09:00 Europe/Berlin. A person may sync all the same.',
    );
    expect(await operations()).toBe(0);
  });

  it('is not held by a window of others', async () => {
    await automate();
    await setWindows({ ...LUNCH, applications: ['production-*'] });
    expect(await automatic()).toBeNull();
    expect(await operations()).toBe(1);
    expect((await page()).syncWindow).toBeNull();
  });

  it('that is under way runs on', async () => {
    await automate();
    await automatic();
    const { id } = await stage.house.database.prisma.operation.findFirstOrThrow();
    await setWindows(LUNCH);
    await runOperation(stage.house.ctx, id);
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
  });
});

describe('a person', () => {
  const SYNC: PlanInput = { kind: 'sync', prune: false };
  const DENIED = /^The sync window "lunch" denies syncs of \S+ until 13:30 UTC\./;

  it('is refused while a window is closed, with its name and its end, in the audit too', async () => {
    await setWindows(LUNCH);
    const view = await stage.plan(SYNC);
    expect(view.result?.guards).toEqual([{ level: 'block', message: expect.stringMatching(DENIED), typedName: null }]);
    await expect(stage.click(view)).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(DENIED) });
    expect(await refusals()).toMatchObject([{ verb: 'sync.request', reason: expect.stringMatching(DENIED) }]);
    expect(await operations()).toBe(0);
  });

  it('is refused when the window closed after the plan', async () => {
    const view = await stage.plan(SYNC);
    expect(view.result?.guards).toEqual([]);
    await setWindows(LUNCH);
    await expect(stage.click(view)).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(DENIED) });
    expect(await refusals()).toHaveLength(1);
  });

  it('passes a window that lets people through, warned', async () => {
    const before = await stage.plan(SYNC);
    await setWindows({ ...LUNCH, manualSync: true });
    await expect(stage.click(before)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/a sync window closed since.*make a new plan/),
    });
    const view = await stage.plan(SYNC);
    expect(view.result?.guards).toEqual([{ level: 'warn', message: expect.stringMatching(DENIED), typedName: null }]);
    expect(await stage.finish(await stage.click(view))).toMatchObject({ phase: 'succeeded', automatic: false });
  });

  it('is refused a revert, a pin and a roll back alike', async () => {
    await stage.sync();
    const { id: deploymentId } = await stage.house.database.prisma.deployment.findFirstOrThrow();
    await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    await stage.sync();
    await setWindows(LUNCH);
    const expiresAt = new Date(stage.house.clock.at.getTime() + 60 * MINUTE).toISOString();
    const acts: PlanInput[] = [
      { kind: 'revert', resources: [SETTINGS] },
      { kind: 'pin', deploymentId, reason: 'memory leak', expiresAt },
      { kind: 'rollback-git', deploymentId, reason: 'memory leak' },
    ];
    for (const act of acts) {
      const view = await stage.plan(act);
      expect(view.result?.guards[0], act.kind).toMatchObject({
        level: 'block',
        message: expect.stringMatching(DENIED),
      });
      await expect(stage.click(view), act.kind).rejects.toMatchObject({ code: 'refused' });
    }
    expect((await refusals()).map((event) => event.verb)).toEqual(['sync.request', 'pin.request', 'rollback.request']);
    const back = { kind: 'rollback-git' as const, deploymentId, reason: 'memory leak', newBranch: 'aside' };
    expect(await stage.finish(await stage.click(await stage.plan(back)))).toMatchObject({ phase: 'succeeded' });
  });
});
