import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimJobs, completeJob, type JobKind } from '#lib/database/queue.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { detect } from '../drift/detect.ts';
import { getApplication } from '../applications/get.ts';
import { listApplications } from '../applications/list.ts';
import { syncAutomatically } from '../operations/automatic.ts';
import { resumeOperations } from '../operations/resume.ts';
import { renderApplication } from '../revisions/render.ts';
import { suspendApplication } from './create.ts';
import { expireSuspension } from './expire.ts';
import { resumeApplication } from './release.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
  await stage.house.database.prisma.application.update({
    where: { id: stage.app.id },
    data: { syncPolicy: { automated: true, selfHeal: true } },
  });
  await stage.sync();
  await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
});
afterEach(() => stage.house.stop());

const MINUTE = 60_000;
const inMinutes = (minutes: number) => new Date(stage.house.clock.at.getTime() + minutes * MINUTE).toISOString();
const suspend = (minutes = 60, reason = 'database upgrade', ctx = stage.house.as('operator')) =>
  suspendApplication(ctx, { applicationId: stage.app.id, input: { reason, expiresAt: inMinutes(minutes) } });

/** Keys of the jobs of a kind that wait, which are taken as done. */
async function emptied(kind: JobKind): Promise<string[]> {
  const { queue } = stage.house.database;
  const jobs = await claimJobs(queue, kind, { limit: 50 });
  for (const job of jobs) await completeJob(queue, job);
  return jobs.map((job) => job.key);
}

/** What automatic sync does now; null when it places nothing. */
async function automatic() {
  await syncAutomatically(stage.house.ctx, stage.app.id);
  const active = await stage.house.database.prisma.operation.findFirst({ where: { phase: 'requested' } });
  return active ? stage.finish(active.id) : null;
}

describe('a suspension', () => {
  it('holds automatic sync until it is ended, and lets a person sync who is told of it', async () => {
    await suspend();
    expect(await automatic()).toBeNull();
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '1' });
    const plan = await stage.plan({ kind: 'sync', prune: false });
    expect(plan.result?.guards).toEqual([
      {
        level: 'warn',
        message: expect.stringMatching(
          /^Test operator suspended automatic sync of \S+ until .* UTC: “database upgrade”/,
        ),
        typedName: null,
      },
    ]);
    expect(await stage.finish(await stage.click(plan))).toMatchObject({ phase: 'succeeded' });
    expect(stage.dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('ends when somebody resumes, and automatic sync is asked for at once', async () => {
    await suspend();
    await emptied('auto-sync');
    await resumeApplication(stage.house.as('operator'), { applicationId: stage.app.id });
    expect(await emptied('auto-sync')).toEqual([stage.app.id]);
    expect(await automatic()).toMatchObject({ phase: 'succeeded', automatic: true });
    await expect(resumeApplication(stage.house.as('operator'), { applicationId: stage.app.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is announced before its end, and ends by itself', async () => {
    await suspend(60);
    expect(await expireSuspension(stage.house.ctx, stage.app.id)).toBe(45 * MINUTE);
    stage.later(45 * MINUTE);
    expect(await expireSuspension(stage.house.ctx, stage.app.id)).toBe(15 * MINUTE);
    expect(await expireSuspension(stage.house.ctx, stage.app.id)).toBe(15 * MINUTE);
    stage.later(15 * MINUTE);
    expect(await expireSuspension(stage.house.ctx, stage.app.id)).toBeNull();
    expect(await expireSuspension(stage.house.ctx, stage.app.id)).toBeNull();
    expect((await stage.audit()).filter((line) => line.startsWith('suspension'))).toEqual([
      'suspension.create succeeded',
      'suspension.announce succeeded',
      'suspension.end succeeded',
    ]);
    expect(await automatic()).toMatchObject({ phase: 'succeeded' });
  });

  it('holds no longer than it says, even where the job that ends it has not run', async () => {
    await suspend(60);
    stage.later(61 * MINUTE);
    expect(await automatic()).toMatchObject({ phase: 'succeeded' });
  });

  it('is replaced by the next, of which one is open however many ask at once', async () => {
    await Promise.all([suspend(60, 'one'), suspend(120, 'two'), suspend(180, 'three')]);
    const rows = await stage.house.database.prisma.suspension.findMany();
    expect(rows.filter((row) => row.endedAt === null)).toHaveLength(1);
    expect(rows.filter((row) => row.endedHow === 'replaced')).toHaveLength(2);
  });

  it('is seen on the application and found in the list', async () => {
    await suspend();
    const { ctx } = stage.house;
    const { clusterId } = await stage.house.database.prisma.application.findFirstOrThrow();
    await renderApplication(ctx, stage.app.id);
    await detect(ctx, stage.app.id, await stage.house.live.cluster(clusterId));
    const view = await getApplication(stage.house.as('viewer'), { id: stage.app.id });
    expect(view).toMatchObject({ suspended: true, suspension: { reason: 'database upgrade' } });
    const found = await listApplications(ctx, { query: 'suspended:yes', sort: 'name', limit: 10 });
    expect(found.items.map(({ id }) => id)).toEqual([stage.app.id]);
  });

  it('is looked after again by a worker that starts', async () => {
    await suspend(60);
    expect(await emptied('suspensions')).toEqual([stage.app.id]);
    await resumeOperations(stage.house.ctx);
    expect(await emptied('suspensions')).toEqual([stage.app.id]);
  });

  it('is refused for a viewer, in the audit too', async () => {
    await expect(suspend(60, 'mine', stage.house.as('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await stage.audit()).at(-1)).toBe('suspension.create refused');
    expect(await stage.house.database.prisma.suspension.count()).toBe(0);
  });

  it.each([
    ['in the past', -1, 'must be in the future'],
    ['beyond 90 days', 91 * 24 * 60, 'must be within 90 days'],
  ])('is refused with an end %s', async (_, minutes, message) => {
    await expect(suspend(minutes)).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'expiresAt', message }],
    });
  });
});
