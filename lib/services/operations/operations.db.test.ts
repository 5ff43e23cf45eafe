import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { claimJobs, completeJob, JOB_KINDS } from '#lib/database/queue.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import { configMap, startTestHouse, type TestHouse } from '#lib/testing/house.ts';
import { expirePin } from '../pins/expire.ts';
import { releasePin } from '../pins/release.ts';
import { computePlan } from '../plans/compute.ts';
import { getPlan } from '../plans/get.ts';
import { requestPlan } from '../plans/request.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { syncAutomatically } from './automatic.ts';
import { awaitHealth } from './await-health.ts';
import { getOperation } from './get.ts';
import { requestOperation } from './request.ts';
import { resumeOperations } from './resume.ts';
import { runOperation } from './run.ts';
import { terminateOperation } from './terminate.ts';

const SETTINGS = '/ConfigMap/shop/settings';
let house: TestHouse;
let app: { id: string; repositoryId: string; repository: string };

/** What the fetch and render reconcilers leave behind: the target is the branch's head. */
async function follow(revision?: string): Promise<string> {
  const endpoint = await repositoryEndpoint(house.ctx, app.repositoryId);
  await house.ctx.ports.source.fetch(endpoint);
  const { sha } = await house.ctx.ports.source.resolve(endpoint, revision ?? 'main');
  await house.database.prisma.applicationState.update({ where: { applicationId: app.id }, data: { targetSha: sha } });
  return sha;
}

async function plan(input: PlanInput, ctx = house.as('operator')): Promise<PlanView> {
  const { id } = await requestPlan(ctx, { applicationId: app.id, input });
  await computePlan(house.ctx, id);
  return getPlan(ctx, { id });
}

async function click(view: PlanView, typedName?: string): Promise<string> {
  const operation = await requestOperation(house.as('operator'), {
    applicationId: app.id,
    input: {
      planId: view.id,
      planHash: view.hash ?? 'x'.repeat(16),
      ...(typedName === undefined ? {} : { typedName }),
    },
  });
  return operation.id;
}

async function finish(id: string) {
  for (let pass = 0; pass < 10; pass += 1) {
    await runOperation(house.ctx, id);
    await awaitHealth(house.ctx, id);
    const view = await getOperation(house.as('viewer'), { id });
    if (view.finishedAt !== null) return view;
    house.clock.at = new Date(house.clock.at.getTime() + 1_000);
  }
  return getOperation(house.as('viewer'), { id });
}

async function sync(prune = false) {
  return finish(await click(await plan({ kind: 'sync', prune })));
}

const audit = async () =>
  (await house.database.prisma.auditEvent.findMany({ orderBy: { sequence: 'asc' } })).map(
    (row) => `${row.verb} ${row.outcome}`,
  );

const dataOf = (key: string) => house.live.get(key)?.['data'];

beforeEach(async () => {
  house = await startTestHouse();
  app = await house.createApplication({ path: 'app' });
  await follow();
});
afterEach(() => house.stop());

describe('sync', () => {
  it('creates what Git has, and records operation, deployment and audit', async () => {
    const view = await plan({ kind: 'sync', prune: false });
    expect(view).toMatchObject({ state: 'ready', error: null });
    expect(view.result?.counts).toMatchObject({ create: 2, change: 0, prune: 0 });
    expect(house.live.calls.apply).toBe(0);
    const done = await finish(await click(view));
    expect(done).toMatchObject({ phase: 'succeeded', automatic: false });
    expect(done.objects.map((object) => `${object.key} ${object.result}`)).toEqual([
      '/Namespace//shop created',
      `${SETTINGS} created`,
    ]);
    expect(dataOf(SETTINGS)).toEqual({ level: '1' });
    const state = await house.database.prisma.applicationState.findUniqueOrThrow({ where: { applicationId: app.id } });
    expect(state).toMatchObject({ deployedSha: state.targetSha, activeOperationId: null });
    expect(await house.database.prisma.deployment.findMany()).toMatchObject([
      { kind: 'sync', outcome: 'Healthy', actorName: 'Test operator' },
    ]);
    expect(await audit()).toEqual(['sync.request allowed', 'sync.finish succeeded']);
  });

  it('writes nothing to the cluster when nothing differs', async () => {
    await sync();
    const before = { ...house.live.calls };
    const again = await sync();
    expect(again.objects.every((object) => object.result === 'unchanged')).toBe(true);
    expect(house.live.calls).toEqual(before);
  });

  it('refuses a plan whose hash is not the one stored', async () => {
    const view = await plan({ kind: 'sync', prune: false });
    await expect(click({ ...view, hash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' });
    expect(await audit()).toEqual(['sync.request refused']);
  });

  it('refuses a plan that Git has left behind', async () => {
    const view = await plan({ kind: 'sync', prune: false });
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Move',
      files: { 'app/config.yaml': configMap('settings', { level: '2' }) },
    });
    await follow();
    await expect(click(view)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('stale') });
  });

  it('applies nothing when what is live changed after the plan', async () => {
    await sync();
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Move',
      files: { 'app/config.yaml': configMap('settings', { level: '2' }) },
    });
    await follow();
    const view = await plan({ kind: 'sync', prune: false });
    const id = await click(view);
    const live = house.live.get(SETTINGS);
    house.live.put({ ...(live as Manifest), data: { level: 'by hand' } } as Manifest);
    const done = await finish(id);
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('changed since the plan') });
    expect(dataOf(SETTINGS)).toEqual({ level: 'by hand' });
  });

  it('lets one operation run at a time', async () => {
    const view = await plan({ kind: 'sync', prune: false });
    await click(view);
    await expect(click(view)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('under way'),
    });
  });

  it('prunes what Git dropped only when asked, and only what it owns', async () => {
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Add',
      files: { 'app/a.yaml': configMap('a', {}), 'app/b.yaml': configMap('b', {}) },
    });
    await follow();
    await sync();
    house.live.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign', namespace: 'shop' } });
    await house.git.pushCommit({ repository: app.repository, subject: 'Drop b', files: { 'app/b.yaml': null } });
    await follow();
    await sync(false);
    expect(house.live.get('/ConfigMap/shop/b')).toBeDefined();
    const view = await plan({ kind: 'sync', prune: true });
    expect(view.result?.objects.filter((object) => object.action === 'prune').map((object) => object.key)).toEqual([
      '/ConfigMap/shop/b',
    ]);
    await finish(await click(view));
    expect(house.live.get('/ConfigMap/shop/b')).toBeUndefined();
    expect(house.live.get('/ConfigMap/shop/foreign')).toBeDefined();
  });

  it('refuses to prune everything', async () => {
    await sync();
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Empty',
      files: { 'app/config.yaml': null, 'app/README.md': 'nothing' },
    });
    await follow();
    const view = await plan({ kind: 'sync', prune: true });
    expect(view.result?.guards).toContainEqual(expect.objectContaining({ level: 'block' }));
    await expect(click(view)).rejects.toMatchObject({ code: 'refused' });
    expect(house.live.get(SETTINGS)).toBeDefined();
  });

  it('does not touch an object of another application', async () => {
    const annotations = { 'quarterdeck.dev/tracking-id': `other:${SETTINGS}` };
    house.live.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop', annotations },
    });
    const view = await plan({ kind: 'sync', prune: false });
    expect(view.result?.counts.conflict).toBe(1);
    await expect(click(view)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('belongs to application other'),
    });
  });

  it('keeps the results of the others when one object fails', async () => {
    house.live.failure = (call, key) =>
      call === 'apply' && key === SETTINGS ? new ClusterError('invalid', 'quota exceeded') : undefined;
    const done = await sync();
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('quota exceeded') });
    expect(done.objects.map((object) => object.result)).toEqual(['created', 'failed']);
    expect(await house.database.prisma.deployment.count()).toBe(0);
  });

  it('refuses a viewer and audits it', async () => {
    await expect(plan({ kind: 'sync', prune: false }, house.as('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    const view = await plan({ kind: 'sync', prune: false });
    const input = { planId: view.id, planHash: view.hash ?? '' };
    await expect(requestOperation(house.as('viewer'), { applicationId: app.id, input })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await audit()).toEqual(['plan.request refused', 'sync.request refused']);
  });

  it('waits for health up to its deadline and then says which object', async () => {
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Deploy',
      files: {
        'app/web.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1, template: {spec: {containers: [{name: c, image: "web:1"}]}}}\n',
      },
    });
    await follow();
    const id = await click(await plan({ kind: 'sync', prune: false }));
    await runOperation(house.ctx, id);
    expect(await awaitHealth(house.ctx, id)).toBeGreaterThan(0);
    house.clock.at = new Date(house.clock.at.getTime() + 301_000);
    expect(await awaitHealth(house.ctx, id)).toBeNull();
    const view = await getOperation(house.ctx, { id });
    expect(view).toMatchObject({ phase: 'failed', message: expect.stringContaining('Deployment web') });
    expect(await house.database.prisma.deployment.findFirstOrThrow()).toMatchObject({
      outcome: 'Progressing',
      images: ['web:1'],
    });
  });

  it('stops between steps when terminated', async () => {
    const id = await click(await plan({ kind: 'sync', prune: false }));
    await terminateOperation(house.as('operator'), { id });
    const done = await finish(id);
    expect(done).toMatchObject({ phase: 'terminated', message: 'Terminated by Test operator.' });
    expect(house.live.calls.apply).toBe(0);
    await expect(terminateOperation(house.as('operator'), { id })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a worker that dies', () => {
  it.each([1, 2])('after %i applies is resumed without repeating harm', async (survived) => {
    const id = await click(await plan({ kind: 'sync', prune: false }));
    let applied = 0;
    const death = new AbortController();
    house.live.onApplied = () => {
      applied += 1;
      if (applied === survived) death.abort(new Error('killed'));
    };
    await runOperation(house.ctx, id, death.signal).catch(() => undefined);
    house.live.onApplied = () => undefined;
    expect(await resumeOperations(house.ctx)).toBeLessThanOrEqual(1);
    const done = await finish(id);
    expect(done.phase).toBe('succeeded');
    expect(dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(await house.database.prisma.deployment.count()).toBe(1);
    expect((await audit()).filter((line) => line.startsWith('sync.finish'))).toEqual(['sync.finish succeeded']);
  });

  it('again and again leaves an operation closed as interrupted', async () => {
    const id = await click(await plan({ kind: 'sync', prune: false }));
    await house.database.prisma.operation.update({ where: { id }, data: { phase: 'running', attempt: 6 } });
    expect(await finish(id)).toMatchObject({ phase: 'interrupted' });
  });

  it('is not the same as a cluster that does not answer', async () => {
    const id = await click(await plan({ kind: 'sync', prune: false }));
    house.live.failure = (call) =>
      call === 'connect' ? new ClusterError('unreachable', 'connection refused') : undefined;
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(runOperation(house.ctx, id)).rejects.toThrow('refused');
    await runOperation(house.ctx, id);
    expect(await getOperation(house.ctx, { id })).toMatchObject({ phase: 'failed', message: 'connection refused' });
  });
});

describe('roll back by Git revert', () => {
  let good: string;
  beforeEach(async () => {
    await sync();
    good = (await house.database.prisma.deployment.findFirstOrThrow()).id;
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Break',
      files: {
        'app/config.yaml': configMap('settings', { level: '2' }),
        'app/new.yaml': configMap('new', {}),
        'other/file.txt': 'untouched',
      },
    });
    await follow();
    await sync();
    expect(dataOf(SETTINGS)).toEqual({ level: '2' });
  });
  const input = (extra = {}): PlanInput => ({ kind: 'rollback-git', deploymentId: good, reason: 'it broke', ...extra });

  it('commits what the deployment rendered, and applies it', async () => {
    const view = await plan(input());
    expect(view).toMatchObject({ state: 'ready', error: null });
    expect(view.result?.git).toMatchObject({ branch: 'main', empty: false, sharedWith: [] });
    expect(view.result?.counts.prune).toBe(1);
    const done = await finish(await click(view));
    expect(done).toMatchObject({ phase: 'succeeded', commitSha: view.result?.git?.commitSha });
    expect(dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(house.live.get('/ConfigMap/shop/new')).toBeUndefined();
    expect(await follow()).toBe(view.result?.git?.commitSha);
    const endpoint = await repositoryEndpoint(house.ctx, app.repositoryId);
    const commit = await house.ctx.ports.source.commit(endpoint, view.result?.git?.commitSha ?? '');
    expect(`${commit.subject}\n${commit.body}`).toMatch(
      /Roll back app-\d+ to [0-9a-f]{7}[^]*it broke[^]*\/applications\//,
    );
    const [kept] = await house.ctx.ports.source.hashes(endpoint, commit.sha, ['other/file.txt']);
    expect(kept?.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(await audit()).toContain('rollback.commit succeeded');
  });

  it('does not overwrite a branch that moved', async () => {
    const view = await plan(input());
    const id = await click(view);
    const moved = await house.git.pushCommit({
      repository: app.repository,
      subject: 'Meanwhile',
      files: { 'app/x.txt': '1' },
    });
    const done = await finish(id);
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('changed since the plan') });
    expect(await follow()).toBe(moved.after);
    expect(dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('can leave the commit on a branch of its own', async () => {
    const view = await plan(input({ newBranch: 'roll-back/app' }));
    const head = await follow();
    const done = await finish(await click(view));
    expect(done).toMatchObject({ phase: 'succeeded', message: expect.stringContaining('roll-back/app') });
    expect(await follow()).toBe(head);
    expect(await follow('roll-back/app')).toBe(view.result?.git?.commitSha);
    expect(dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('pushes once when the worker dies after the push', async () => {
    const view = await plan(input());
    const id = await click(view);
    const push = house.ctx.ports.source.push.bind(house.ctx.ports.source);
    let pushes = 0;
    const dying = {
      ...house.ctx,
      ports: {
        ...house.ctx.ports,
        source: {
          ...house.ctx.ports.source,
          push: async (...args: Parameters<typeof push>) => {
            await push(...args);
            pushes += 1;
            throw new Error('killed');
          },
        },
      },
    };
    const abort = new AbortController();
    abort.abort(new Error('killed'));
    await expect(runOperation(dying, id, abort.signal)).rejects.toThrow();
    await runOperation(dying, id).catch(() => undefined);
    await house.database.prisma.operation.updateMany({ where: { id }, data: { phase: 'running', finishedAt: null } });
    const done = await finish(id);
    expect([pushes, done.phase]).toEqual([1, 'succeeded']);
    const endpoint = await repositoryEndpoint(house.ctx, app.repositoryId);
    const head = await follow();
    const commits = await house.ctx.ports.source.log(endpoint, { to: head, limit: 10 });
    expect(commits.filter((commit) => commit.subject.startsWith('Roll back'))).toHaveLength(1);
  });

  it('explains that a tag is no branch', async () => {
    const head = await follow();
    await house.database.prisma.application.update({ where: { id: app.id }, data: { targetRevision: head } });
    expect(await plan(input())).toMatchObject({ state: 'failed', error: expect.stringContaining('not a branch') });
  });
});

describe('pin', () => {
  let good: string;
  beforeEach(async () => {
    await house.database.prisma.application.update({
      where: { id: app.id },
      data: { syncPolicy: { automated: true, selfHeal: true } },
    });
    await sync();
    good = (await house.database.prisma.deployment.findFirstOrThrow()).id;
    await house.git.pushCommit({
      repository: app.repository,
      subject: 'Two',
      files: { 'app/config.yaml': configMap('settings', { level: '2' }) },
    });
    await follow();
    await sync();
  });
  const pinFor = (minutes: number): PlanInput => ({
    kind: 'pin',
    deploymentId: good,
    reason: 'memory leak',
    expiresAt: new Date(house.clock.at.getTime() + minutes * 60_000).toISOString(),
  });
  const later = (minutes: number) => {
    house.clock.at = new Date(house.clock.at.getTime() + minutes * 60_000);
  };
  const runAutomatic = async () => {
    await syncAutomatically(house.ctx, app.id);
    const active = await house.database.prisma.operation.findFirst({ where: { phase: 'requested' } });
    return active ? finish(active.id) : null;
  };

  it('holds against automatic sync, is announced, expires, and returns to Git', async () => {
    expect(await finish(await click(await plan(pinFor(60))))).toMatchObject({ phase: 'succeeded' });
    expect(dataOf(SETTINGS)).toEqual({ level: '1' });
    expect(await runAutomatic()).toBeNull();
    expect(dataOf(SETTINGS)).toEqual({ level: '1' });
    later(46);
    expect(await expirePin(house.ctx, app.id)).toBeGreaterThan(0);
    expect(await audit()).toContain('pin.announce succeeded');
    later(15);
    expect(await expirePin(house.ctx, app.id)).toBeNull();
    expect(await house.database.prisma.pin.findFirstOrThrow()).toMatchObject({
      endedHow: 'expired',
      reason: 'memory leak',
    });
    expect(await runAutomatic()).toMatchObject({ phase: 'succeeded', automatic: true });
    expect(dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('does not hold past its expiry even before its end was recorded', async () => {
    await finish(await click(await plan(pinFor(10))));
    later(11);
    expect(await runAutomatic()).toMatchObject({ phase: 'succeeded' });
    expect(dataOf(SETTINGS)).toEqual({ level: '2' });
  });

  it('is replaced by another pin and released by hand', async () => {
    await finish(await click(await plan(pinFor(10))));
    await finish(await click(await plan(pinFor(20))));
    await releasePin(house.as('operator'), { applicationId: app.id });
    const pins = await house.database.prisma.pin.findMany({ orderBy: { createdAt: 'asc' } });
    expect(pins.map((pin) => pin.endedHow)).toEqual(['replaced', 'released']);
    await expect(releasePin(house.as('operator'), { applicationId: app.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(releasePin(house.as('viewer'), { applicationId: app.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it.each([
    ['the past', -1],
    ['two months', 60 * 24 * 61],
  ])('refuses to hold until %s', async (_, minutes) => {
    await expect(plan(pinFor(minutes))).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'expiresAt' }] });
  });
});

describe('automatic sync', () => {
  it('heals drift, then slows down', async () => {
    await house.database.prisma.application.update({
      where: { id: app.id },
      data: { syncPolicy: { automated: true, selfHeal: true } },
    });
    await syncAutomatically(house.ctx, app.id);
    const first = await house.database.prisma.operation.findFirstOrThrow();
    expect(await finish(first.id)).toMatchObject({
      phase: 'succeeded',
      automatic: true,
      actor: { name: 'Quarterdeck' },
    });
    house.live.put({ ...(house.live.get(SETTINGS) as Manifest), data: { level: 'by hand' } } as Manifest);
    await house.database.prisma.applicationState.update({
      where: { applicationId: app.id },
      data: { driftCount: 1, outOfSyncCount: 1 },
    });
    expect(await syncAutomatically(house.ctx, app.id)).toBeGreaterThan(0);
    house.clock.at = new Date(house.clock.at.getTime() + 3_000);
    expect(await syncAutomatically(house.ctx, app.id)).toBeNull();
    const second = await house.database.prisma.operation.findFirstOrThrow({ where: { phase: 'requested' } });
    await finish(second.id);
    expect(dataOf(SETTINGS)).toEqual({ level: '1' });
  });

  it('does nothing when it is off', async () => {
    expect(await syncAutomatically(house.ctx, app.id)).toBeNull();
    expect(await house.database.prisma.operation.count()).toBe(0);
  });
});

describe('secrets', () => {
  it('leave no trace of their values in any table', async () => {
    const canary = 'canary-5b1f0c7e';
    const text = `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: ${canary}}\n`;
    await house.git.pushCommit({ repository: app.repository, subject: 'Secret', files: { 'app/secret.yaml': text } });
    await follow();
    house.live.failure = (call, key) =>
      call === 'apply' && key.includes('Secret') ? new ClusterError('invalid', `bad value ${canary}`) : undefined;
    await sync();
    house.live.failure = () => undefined;
    await sync();
    const tables = await house.database.prisma.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
    const encoded = Buffer.from(canary).toString('base64');
    for (const { name } of tables) {
      const [found] = await house.database.prisma.$queryRawUnsafe<{ hits: bigint }[]>(
        `SELECT count(*) AS hits FROM ${name} AS t WHERE t::text LIKE '%${canary}%' OR t::text LIKE '%${encoded}%'`,
      );
      expect(`${name}: ${found?.hits ?? 0n}`).toBe(`${name}: 0`);
    }
    expect(JSON.stringify(house.live.get('/Secret/shop/db'))).toContain(canary);
  });
});

describe('jobs', () => {
  it('follow every click', async () => {
    const id = await click(await plan({ kind: 'sync', prune: false }));
    const claimed = [];
    for (const kind of JOB_KINDS) {
      for (const job of await claimJobs(house.database.queue, kind, { limit: 10 })) {
        claimed.push(`${kind} ${job.key === id ? 'operation' : 'other'}`);
        await completeJob(house.database.queue, job);
      }
    }
    expect(claimed).toContain('operate operation');
  });
});
