import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationView } from '#lib/contracts/operations.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { HOOK_FINALIZER, HOOK_RUN_ANNOTATION } from '#lib/domain/sync/hook-run.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { getOperation } from './get.ts';
import { runOperation } from './run.ts';
import { syncAutomatically } from './automatic.ts';
import { terminateOperation } from './terminate.ts';

const job = (name: string, annotations: Record<string, string>): string =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...(name.endsWith('-') ? { generateName: name } : { name }), annotations },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'shop:1' }] } } },
  });
const hook = (phase: string, policy?: string) => ({
  'argocd.argoproj.io/hook': phase,
  ...(policy === undefined ? {} : { 'argocd.argoproj.io/hook-delete-policy': policy }),
});

let stage: Stage;
/** What was applied, run or deleted, in order. */
let events: string[];
beforeEach(async () => {
  stage = await Stage.open();
  events = [];
  stage.house.live.onApplied = ({ kind, metadata }) => void events.push(`${kind} ${metadata.name}`);
});
afterEach(() => stage.house.stop());

const live = (name: string): Manifest | undefined => stage.house.live.get(`batch/Job/shop/${name}`);
const end = (name: string, type: 'Complete' | 'Failed'): void => {
  const manifest = live(name);
  if (!manifest) throw new Error(`no job ${name}`);
  stage.house.live.put({ ...manifest, status: { conditions: [{ type, status: 'True', message: `it is ${type}` }] } });
  events.push(`${name} ${type}`);
};
/** A pass of the worker, and those it asks for at once. */
const pass = async (id: string): Promise<number | null> => {
  const againMs = await runOperation(stage.house.ctx, id);
  return againMs === 0 ? pass(id) : againMs;
};
const view = (id: string): Promise<OperationView> => getOperation(stage.house.as('viewer'), { id });
const results = async (id: string) =>
  (await view(id)).objects.map(({ key, phase, result }) => `${key.split('/').at(-1) ?? ''} ${phase} ${result}`);
const begin = async (input: { resources?: string[] } = {}) =>
  stage.click(await stage.plan({ kind: 'sync', prune: true, ...input }));

describe('hooks', () => {
  it('run before and after, each awaited, and are shown by the plan', async () => {
    await stage.push('Hooks', {
      'app/migrate.yaml': job('migrate', hook('PreSync')),
      'app/smoke.yaml': job('smoke', hook('PostSync')),
    });
    const plan = await stage.plan({ kind: 'sync', prune: true });
    expect(plan.result?.counts).toMatchObject({ create: 2, hook: 2 });
    expect(plan.result?.objects.map(({ name, phase, action, message }) => [name, phase, action, message])).toEqual([
      ['shop', 'Sync', 'create', ''],
      ['migrate', 'PreSync', 'hook', 'runs before the sync'],
      ['settings', 'Sync', 'create', ''],
      ['smoke', 'PostSync', 'hook', 'runs when all is healthy'],
    ]);
    const id = await stage.click(plan);
    expect(await pass(id)).toBeGreaterThan(0);
    expect(events).toEqual(['Namespace shop', 'Job migrate']);
    expect(await view(id)).toMatchObject({
      phase: 'running',
      message: expect.stringMatching(/^Waiting for PreSync hook Job .*migrate: /),
    });
    await pass(id);
    expect(stage.dataOf(SETTINGS)).toBeUndefined();
    end('migrate', 'Complete');
    expect(await pass(id)).toBeGreaterThan(0);
    await pass(id);
    await pass(id);
    expect(events).toEqual(['Namespace shop', 'Job migrate', 'migrate Complete', 'ConfigMap settings', 'Job smoke']);
    end('smoke', 'Complete');
    const done = await stage.finish(id);
    expect(done).toMatchObject({ phase: 'succeeded', message: '2 created, 2 ran' });
    expect(await stage.house.database.prisma.operation.findUniqueOrThrow({ where: { id } })).toMatchObject({
      attempt: 1,
    });
  });

  it('that fail end the sync before anything is applied, after the hooks of a failed sync', async () => {
    await stage.push('Hooks', {
      'app/migrate.yaml': job('migrate', hook('PreSync')),
      'app/late.yaml': job('late', { ...hook('PreSync'), 'argocd.argoproj.io/sync-wave': '1' }),
      'app/undo.yaml': job('undo', hook('SyncFail')),
    });
    const id = await begin();
    await pass(id);
    end('migrate', 'Failed');
    await pass(id);
    await pass(id);
    expect(await view(id)).toMatchObject({ phase: 'running', message: expect.stringContaining('SyncFail hook Job') });
    end('undo', 'Complete');
    expect(await stage.finish(id)).toMatchObject({
      phase: 'failed',
      message: expect.stringMatching(/1 failed.*: .*migrate@PreSync: .*it is Failed/),
    });
    expect(events).toEqual(['Namespace shop', 'Job migrate', 'migrate Failed', 'Job undo', 'undo Complete']);
    expect(await results(id)).toEqual([
      'shop Sync created',
      'migrate@PreSync PreSync failed',
      'late@PreSync PreSync pending',
      'settings Sync pending',
      'undo@SyncFail SyncFail ran',
    ]);
    expect((await stage.audit()).filter((line) => line.startsWith('sync.finish'))).toEqual(['sync.finish failed']);
  });

  it('of a failed sync are skipped when it does not fail, and run for what is not healthy', async () => {
    await stage.push('Hooks', { 'app/undo.yaml': job('undo', hook('SyncFail')) });
    const fine = await stage.finish(await begin());
    expect(fine).toMatchObject({ phase: 'succeeded' });
    expect(await results(fine.id)).toContain('undo@SyncFail SyncFail skipped');
    expect(live('undo')).toBeUndefined();
    await stage.push('Refused', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    stage.house.live.failure = (call, key) =>
      call === 'apply' && key === SETTINGS ? new ClusterError('forbidden', 'no') : undefined;
    const id = await begin();
    await pass(id);
    await pass(id);
    end('undo', 'Failed');
    expect(await stage.finish(id)).toMatchObject({
      phase: 'failed',
      message: expect.stringMatching(/settings: no\. And its hook .*undo@SyncFail failed/),
    });
  });

  it.each<[policy: string | undefined, ending: 'Complete' | 'Failed', isLeft: boolean]>([
    [undefined, 'Complete', true],
    [undefined, 'Failed', true],
    ['HookSucceeded', 'Complete', false],
    ['HookSucceeded', 'Failed', true],
    ['HookFailed', 'Complete', true],
    ['HookFailed', 'Failed', false],
    ['HookSucceeded,HookFailed', 'Failed', false],
  ])('with the policy %s that end %s: left is %s, and nothing holds it', async (policy, ending, isLeft) => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync', policy)) });
    const id = await begin();
    await pass(id);
    expect(live('migrate')?.metadata.finalizers).toEqual([HOOK_FINALIZER]);
    end('migrate', ending);
    await stage.finish(id);
    expect(live('migrate') !== undefined).toBe(isLeft);
    expect(live('migrate')?.metadata.finalizers ?? []).toEqual([]);
  });

  it('run again in the next sync: what the last run left goes first, and a generated name is a fresh one', async () => {
    await stage.push('Hooks', {
      'app/migrate.yaml': job('migrate', hook('PreSync')),
      'app/seed.yaml': job('seed-', hook('PreSync')),
    });
    const names = () => events.filter((event) => event.startsWith('Job seed-')).map((event) => event.slice(4));
    const run = async () => {
      const id = await begin();
      await pass(id);
      await pass(id);
      end('migrate', 'Complete');
      end(names().at(-1) ?? '', 'Complete');
      return stage.finish(id);
    };
    const first = await run();
    const uid = live('migrate')?.metadata.uid;
    await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    const second = await run();
    expect([first.phase, second.phase]).toEqual(['succeeded', 'succeeded']);
    expect(live('migrate')?.metadata.uid).not.toBe(uid);
    expect(live('migrate')?.metadata.annotations?.[HOOK_RUN_ANNOTATION]).toBe(`${second.id}@PreSync`);
    expect(new Set(names()).size).toBe(2);
    for (const name of names()) expect(name).toMatch(/^seed-[0-9a-f]{7}-presync-[0-9a-f]{8}$/);
  });

  it('that stayed after a failure run anew, and are not taken for the new run', async () => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync', 'HookSucceeded')) });
    const first = await begin();
    await pass(first);
    end('migrate', 'Failed');
    expect(await stage.finish(first)).toMatchObject({ phase: 'failed' });
    const second = await begin();
    await pass(second);
    await pass(second);
    expect(live('migrate')?.['status']).toBeUndefined();
    end('migrate', 'Complete');
    expect(await stage.finish(second)).toMatchObject({ phase: 'succeeded' });
    expect(events.filter((event) => event === 'Job migrate')).toHaveLength(2);
  });

  it('are held until their end was seen, whoever deletes them', async () => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync')) });
    const id = await begin();
    await pass(id);
    end('migrate', 'Complete');
    const made = live('migrate');
    if (made) made.metadata.deletionTimestamp = '2026-11-24T12:00:00Z';
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect(live('migrate')).toBeUndefined();
  });

  it('that vanish all the same are not run twice', async () => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync')) });
    const id = await begin();
    await pass(id);
    stage.house.live.objects.delete('batch/Job/shop/migrate');
    expect(await stage.finish(id)).toMatchObject({
      phase: 'failed',
      message: expect.stringContaining('deleted before its end was seen'),
    });
    expect(events.filter((event) => event === 'Job migrate')).toHaveLength(1);
  });

  it('are stopped when a person ends the sync, and when they take too long', async () => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync')) });
    const id = await begin();
    await pass(id);
    await terminateOperation(stage.house.ctx, { id });
    expect(await stage.finish(id)).toMatchObject({ phase: 'terminated' });
    expect(live('migrate')).toBeUndefined();
    const slow = await begin();
    await pass(slow);
    stage.later(301_000);
    expect(await stage.finish(slow)).toMatchObject({
      phase: 'failed',
      message: expect.stringContaining('Too late, and stopped: PreSync hook Job'),
    });
    expect(live('migrate')).toBeUndefined();
  });

  it('wait for a cluster that stops answering', async () => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync')) });
    const id = await begin();
    await pass(id);
    stage.house.live.failure = () => new ClusterError('unreachable', 'connection refused');
    expect(await pass(id)).toBe(1_000);
    expect(await results(id)).toContain('migrate@PreSync PreSync running');
    stage.house.live.failure = () => undefined;
    end('migrate', 'Complete');
    expect(await stage.finish(id)).toMatchObject({ phase: 'succeeded' });
    expect(events.filter((event) => event === 'Job migrate')).toHaveLength(1);
  });

  it('run neither for chosen objects, nor for drift, nor for a pin', async () => {
    await stage.push('Hooks', { 'app/migrate.yaml': job('migrate', hook('PreSync', 'HookSucceeded')) });
    const id = await begin();
    await pass(id);
    end('migrate', 'Complete');
    const { prisma } = stage.house.database;
    await stage.finish(id);
    await stage.push('Two', { 'app/config.yaml': configMap('settings', { level: '2' }) });
    const chosen = await stage.finish(await begin({ resources: [SETTINGS] }));
    expect(chosen.objects.map(({ key }) => key)).toEqual([SETTINGS]);
    const { id: deploymentId } = await prisma.deployment.findFirstOrThrow();
    const expiresAt = new Date(stage.house.clock.at.getTime() + 3_600_000).toISOString();
    const pin = await stage.plan({ kind: 'pin', deploymentId, reason: 'a leak', expiresAt });
    expect(pin.result?.counts.hook).toBe(0);
    const policy = { syncPolicy: { automated: true, selfHeal: true } };
    await prisma.application.update({ where: { id: stage.app.id }, data: policy });
    const { targetSha } = await prisma.applicationState.findUniqueOrThrow({ where: { applicationId: stage.app.id } });
    const drifted = { deployedSha: targetSha, driftCount: 1, outOfSyncCount: 1 };
    await prisma.applicationState.update({ where: { applicationId: stage.app.id }, data: drifted });
    stage.house.live.objects.delete(SETTINGS);
    await syncAutomatically(stage.house.ctx, stage.app.id);
    const healing = await prisma.operation.findFirstOrThrow({
      where: { actorKind: 'system' },
      include: { objects: true },
    });
    expect(healing.objects.map(({ action }) => action)).not.toContain('hook');
    expect(events.filter((event) => event === 'Job migrate')).toHaveLength(1);
  });
});

describe('a worker that dies in a sync with hooks', () => {
  /** Every call to the cluster that changes something, in the order they come: the worker dies before or after each. */
  const CALLS = 12;
  const moments = Array.from({ length: CALLS }, (_, index) => index).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(moments)('$when change $call leaves the same end', async ({ call, when }) => {
    await stage.push('Hooks', {
      'app/migrate.yaml': job('migrate', hook('PreSync')),
      'app/wave.yaml': JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'late', annotations: { 'argocd.argoproj.io/sync-wave': '2' } },
      }),
      'app/smoke.yaml': job('smoke', hook('PostSync', 'HookSucceeded')),
    });
    const id = await begin();
    let count = -1;
    let deaths = 0;
    const { ctx } = stage.house;
    for (let turn = 0; turn < 40 && (await view(id)).finishedAt === null; turn += 1) {
      const abort = new AbortController();
      const worker = { ...ctx, ports: { ...ctx.ports, live: dyingLive(abort) } };
      await runOperation(worker, id, abort.signal).catch(() => undefined);
      for (const name of ['migrate', 'smoke']) if (live(name) && !live(name)?.['status']) end(name, 'Complete');
      if ((await view(id)).phase === 'waiting') await stage.finish(id);
    }
    const done = await view(id);
    expect(done.phase).toBe('succeeded');
    expect(await results(id)).toEqual([
      'shop Sync created',
      'migrate@PreSync PreSync ran',
      'settings Sync created',
      'late Sync created',
      'smoke@PostSync PostSync ran',
    ]);
    expect(deaths).toBeLessThanOrEqual(1);
    expect(live('smoke')).toBeUndefined();
    expect(live('migrate')?.metadata.finalizers ?? []).toEqual([]);
    for (const name of ['migrate', 'smoke']) {
      expect(new Set(events.filter((event) => event === `${name} Complete`)).size, `${name} ran`).toBe(1);
      expect(events.filter((event) => event === `${name} Complete`)).toHaveLength(1);
    }

    function dyingLive(abort: AbortController): typeof ctx.ports.live {
      const die = () => {
        deaths += 1;
        abort.abort(new Error('killed'));
        throw new Error('killed');
      };
      return {
        cluster: async (clusterId) => {
          const cluster = await ctx.ports.live.cluster(clusterId);
          const dying =
            <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>, isReal = true) =>
            async (...args: Args): Promise<Result> => {
              abort.signal.throwIfAborted();
              if (!isReal) return work(...args);
              count += 1;
              const isNow = count === call;
              if (isNow && when === 'before') die();
              const result = await work(...args);
              if (isNow) die();
              return result;
            };
          const { client } = cluster;
          return {
            ...cluster,
            client: {
              ...client,
              apply: (ref, manifest, options) => dying(client.apply, !options.dryRun)(ref, manifest, options),
              remove: dying(client.remove),
            },
          };
        },
      };
    }
  });
});
