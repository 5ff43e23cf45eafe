import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlanView } from '#lib/contracts/operations.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import { configMap } from '#lib/testing/house.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { getOperation } from './get.ts';
import { requestOperation } from './request.ts';
import { runOperation } from './run.ts';
import { syncAutomatically } from './automatic.ts';
import { terminateOperation } from './terminate.ts';

const job = (name: string, phase: string): string =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, annotations: { 'argocd.argoproj.io/hook': phase } },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'shop:1' }] } } },
  });
const annotated = (name: string, annotations: Record<string, string>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, annotations }, data: {} });

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open({ name: 'web' });
});
afterEach(() => stage.house.stop());

const admin = () => stage.house.as('admin');
const prisma = () => stage.house.database.prisma;
const names = () => [...stage.house.live.objects.keys()].map((key) => key.split('/').at(-1) ?? '').toSorted();
const planDelete = () => stage.plan({ kind: 'delete' }, admin());
async function click(view: PlanView, typedName = 'web'): Promise<string> {
  const input = { planId: view.id, planHash: view.hash ?? 'x'.repeat(16), typedName };
  return (await requestOperation(admin(), { applicationId: stage.app.id, input })).id;
}
/** A pass of the worker, and those it asks for at once. */
async function pass(id: string): Promise<number | null> {
  const againMs = await runOperation(stage.house.ctx, id);
  return againMs === 0 ? pass(id) : againMs;
}
/** Passes until nothing is left to do. */
async function work(id: string): Promise<void> {
  for (let count = 0; count < 12; count += 1) {
    if ((await pass(id)) === null) return;
    stage.later(1_000);
  }
}
const message = async (id: string) => (await getOperation(stage.house.as('viewer'), { id })).message;
const isThere = async () => (await prisma().application.count({ where: { id: stage.app.id } })) === 1;
function end(name: string, type: 'Complete' | 'Failed'): void {
  const manifest = stage.house.live.get(`batch/Job/shop/${name}`);
  if (!manifest) throw new Error(`no job ${name}`);
  stage.house.live.put({ ...manifest, status: { conditions: [{ type, status: 'True', message: `it is ${type}` }] } });
}
function hold(key: string, finalizers: string[]): void {
  const live = stage.house.live.get(key);
  if (live) stage.house.live.objects.set(key, { ...live, metadata: { ...live.metadata, finalizers } });
}

describe('the deletion of an application with its objects', () => {
  it('is planned object by object, wants the name typed, and leaves only the audit', async () => {
    await stage.sync();
    const view = await planDelete();
    expect(view.result?.objects.map(({ kind, name, action }) => [kind, name, action])).toEqual([
      ['ConfigMap', 'settings', 'prune'],
    ]);
    expect(view.result?.guards).toEqual([
      {
        level: 'confirm',
        message: expect.stringMatching(/^Deletes 1 object on .+ and web itself\. Type the application’s name/),
        typedName: 'web',
      },
    ]);
    await expect(click(view, 'other')).rejects.toMatchObject({ code: 'refused' });
    expect(names()).toContain('settings');
    await work(await click(view));
    expect(names()).toEqual(['shop']);
    expect(await isThere()).toBe(false);
    expect((await stage.audit()).slice(-3)).toEqual([
      'deletion.request allowed',
      'deletion.finish succeeded',
      'application.delete succeeded',
    ]);
  });

  it('runs the hooks around it, each awaited, and leaves nothing of them', async () => {
    await stage.push('Hooks', {
      'app/backup.yaml': job('backup', 'PreDelete'),
      'app/bye.yaml': job('bye', 'PostDelete'),
    });
    await stage.sync();
    expect(names()).toEqual(['settings', 'shop']);
    const id = await click(await planDelete());
    await pass(id);
    expect(names()).toEqual(['backup', 'settings', 'shop']);
    expect(await message(id)).toMatch(/^Waiting for PreDelete hook Job .*backup: /);
    await pass(id);
    expect(names()).toContain('settings');
    end('backup', 'Complete');
    await pass(id);
    await pass(id);
    expect(names()).toEqual(['backup', 'bye', 'shop']);
    end('bye', 'Complete');
    await work(id);
    expect(names()).toEqual(['shop']);
    expect(await isThere()).toBe(false);
  });

  it('deletes nothing when a hook before it fails, and does not come back by itself', async () => {
    await prisma().application.update({
      where: { id: stage.app.id },
      data: { syncPolicy: { automated: true, selfHeal: true } },
    });
    await stage.push('Hook', { 'app/backup.yaml': job('backup', 'PreDelete') });
    await stage.sync();
    const id = await click(await planDelete());
    await pass(id);
    end('backup', 'Failed');
    await work(id);
    expect(await getOperation(admin(), { id })).toMatchObject({ phase: 'failed' });
    expect(names()).toContain('settings');
    stage.house.live.objects.delete(SETTINGS);
    await prisma().applicationState.update({
      where: { applicationId: stage.app.id },
      data: { driftCount: 1, outOfSyncCount: 1 },
    });
    stage.later(600_000);
    expect(await syncAutomatically(stage.house.ctx, stage.app.id)).toBeNull();
    expect(await prisma().operation.count({ where: { phase: 'requested' } })).toBe(0);
    expect(await stage.sync()).toMatchObject({ phase: 'succeeded' });
    expect(await prisma().application.findUniqueOrThrow({ where: { id: stage.app.id } })).toMatchObject({
      deletingSince: null,
    });
  });

  it('goes wave after wave backwards, each when the one before is gone', async () => {
    await stage.push('Waves', {
      'app/late.yaml': annotated('late', { 'argocd.argoproj.io/sync-wave': '3' }),
    });
    await stage.sync();
    hold('/ConfigMap/shop/late', ['example.com/clean-up']);
    const id = await click(await planDelete());
    await pass(id);
    await pass(id);
    expect(names()).toEqual(['late', 'settings', 'shop']);
    expect(await message(id)).toBe('Waiting for ConfigMap late (held by finalizer example.com/clean-up) to go');
    stage.house.live.objects.delete('/ConfigMap/shop/late');
    await work(id);
    expect(names()).toEqual(['shop']);
    expect(await isThere()).toBe(false);
  });

  it('says what does not go in time, and can be begun again', async () => {
    await stage.sync();
    hold(SETTINGS, ['example.com/clean-up']);
    const id = await click(await planDelete());
    await pass(id);
    stage.later(3_600_000);
    await pass(id);
    expect(await getOperation(admin(), { id })).toMatchObject({
      phase: 'failed',
      message: expect.stringMatching(
        /^Not gone in time: ConfigMap settings \(held by finalizer example\.com\/clean-up\)\./,
      ),
    });
    expect(await isThere()).toBe(true);
    const again = await click(await planDelete());
    await pass(again);
    stage.house.live.objects.delete(SETTINGS);
    await work(again);
    expect(await isThere()).toBe(false);
  });

  it('leaves what asks to be kept and what is somebody else’s', async () => {
    await stage.push('Kept', {
      'app/kept.yaml': annotated('kept', { 'helm.sh/resource-policy': 'keep' }),
      'app/stays.yaml': annotated('stays', { 'argocd.argoproj.io/sync-options': 'Delete=false' }),
    });
    await stage.sync();
    const other: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace: 'shop' } };
    stage.house.live.put(other);
    await work(await click(await planDelete()));
    expect(names()).toEqual(['kept', 'other', 'shop', 'stays']);
    expect(await isThere()).toBe(false);
  });

  it('does without Git, and says that no hooks run', async () => {
    await stage.sync();
    await stage.push('Broken', { 'app/config.yaml': 'a: [' });
    await prisma().applicationState.update({
      where: { applicationId: stage.app.id },
      data: { deployedSha: await stage.follow() },
    });
    const view = await planDelete();
    expect(view.result?.guards).toContainEqual({
      level: 'warn',
      message: expect.stringMatching(/^Git cannot be rendered \(.*config\.yaml.*\), so no hooks/),
      typedName: null,
    });
    await work(await click(view));
    expect(await isThere()).toBe(false);
    expect(names()).toEqual(['shop']);
  });

  it('is possible before anything was synced', async () => {
    await work(await click(await planDelete()));
    expect(await isThere()).toBe(false);
  });

  it('goes on however often the cluster is cut off in the middle', async () => {
    await stage.push('Hooks', {
      'app/b.yaml': configMap('b', { level: '1' }),
      'app/late.yaml': annotated('late', { 'argocd.argoproj.io/sync-wave': '1' }),
    });
    await stage.sync();
    const id = await click(await planDelete());
    let calls = 0;
    for (let dies = 1; await isThere(); dies += 1) {
      expect(dies).toBeLessThan(12);
      calls = 0;
      stage.house.live.failure = (call) => {
        if (call !== 'remove') return undefined;
        calls += 1;
        return calls === 2 ? new ClusterError('unreachable', 'the cluster is cut off') : undefined;
      };
      await pass(id);
      stage.later(40_000);
    }
    expect(names()).toEqual(['shop']);
    expect((await stage.audit()).filter((line) => line === 'application.delete succeeded')).toHaveLength(1);
  });

  it('stops when it is terminated, and what is left stays looked after', async () => {
    await stage.push('Hook', { 'app/backup.yaml': job('backup', 'PreDelete') });
    await stage.sync();
    const id = await click(await planDelete());
    await pass(id);
    await terminateOperation(stage.house.as('operator'), { id });
    await work(id);
    expect(await getOperation(admin(), { id })).toMatchObject({ phase: 'terminated' });
    expect(names()).toEqual(['settings', 'shop']);
    expect(await isThere()).toBe(true);
  });

  it('is refused while others depend on it, by the plan and by whoever begins to meanwhile', async () => {
    await stage.sync();
    const other = await stage.house.createApplication({ name: 'shop-front', path: 'app' });
    const edge = { applicationId: other.id, dependsOnId: stage.app.id };
    await prisma().applicationDependency.create({ data: edge });
    const view = await planDelete();
    expect(view.result?.guards).toContainEqual({
      level: 'block',
      message: 'shop-front depends on web; change that first.',
      typedName: null,
    });
    await expect(click(view)).rejects.toMatchObject({ code: 'refused' });
    await prisma().applicationDependency.deleteMany();
    const id = await click(await planDelete());
    await prisma().applicationDependency.create({ data: edge });
    await work(id);
    expect(await getOperation(admin(), { id })).toMatchObject({
      phase: 'failed',
      message: expect.stringMatching(/shop-front now depend on web/),
    });
  });

  it('is an admin’s to ask for, and a read-only cluster refuses it', async () => {
    await stage.sync();
    await expect(stage.plan({ kind: 'delete' })).rejects.toMatchObject({ code: 'forbidden' });
    stage.house.live.access = 'read-only';
    await expect(click(await planDelete())).rejects.toMatchObject({ code: 'refused' });
    expect(names()).toContain('settings');
  });

  it('is not done when something changed since it was looked at', async () => {
    await stage.sync();
    const view = await planDelete();
    const id = await click(view);
    stage.house.live.put({
      ...(stage.house.live.get(SETTINGS) as Manifest),
      metadata: {
        name: 'twin',
        namespace: 'shop',
        annotations: { 'quarterdeck.dev/tracking-id': `${stage.app.id}:/ConfigMap/shop/twin` },
      },
    });
    await work(id);
    expect(await getOperation(admin(), { id })).toMatchObject({
      phase: 'failed',
      message: expect.stringMatching(/Nothing was deleted/),
    });
    expect(names()).toEqual(['settings', 'shop', 'twin']);
  });
});
