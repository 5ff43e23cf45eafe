import { describe, expect, test } from 'vitest';
import type { OperationView, PlanInput } from '#lib/contracts/operations.ts';
import { textAt } from '#lib/domain/resource/json.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { configMap, until, type World } from '../world.ts';
import { CLUSTERS, withClusters } from './clusters.ts';

let world: World;
withClusters((opened) => {
  world = opened;
});

const argo = (hook: string, policy?: string) => ({
  'argocd.argoproj.io/hook': hook,
  ...(policy === undefined ? {} : { 'argocd.argoproj.io/hook-delete-policy': policy }),
});

interface JobInput {
  annotations: Record<string, string>;
  /** Its pod cannot run anywhere, and it may run for a second. */
  fails?: boolean;
  spec?: object;
}

function job(name: string, { annotations, fails = false, spec = {} }: JobInput): string {
  const containers = [{ name: 'c', image: fails ? 'registry.example/work:1-broken' : 'registry.example/work:1' }];
  const pod = { restartPolicy: 'Never', containers, ...(fails ? { nodeSelector: { nowhere: '1' } } : {}) };
  return JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...(name.endsWith('-') ? { generateName: name } : { name }), annotations },
    spec: { template: { spec: pod }, ...(fails ? { activeDeadlineSeconds: 1 } : {}), ...spec },
  });
}

describe.each(CLUSTERS)('given an application with hooks on $cluster', ({ cluster, skipped }) => {
  const it = test.skipIf(skipped !== '');
  const given = async (name: string, files: Record<string, string>) => {
    const id = await world.application({ name: `${name}-${cluster}`, cluster, files });
    await until(
      () => world.view(id),
      (view) => view.target !== null,
    );
    return { id, name: `${name}-${cluster}` };
  };
  const sync = async (id: string, input: PlanInput = { kind: 'sync', prune: true }): Promise<OperationView> =>
    world.finished(await world.click(id, await world.plan(id, input)));
  const jobs = (namespace: string): Promise<Manifest[]> =>
    world.list(cluster, `/apis/batch/v1/namespaces/${namespace}/jobs`);
  const results = ({ objects }: OperationView) =>
    objects.map(({ key, result }) => `${key.split('/').at(-1) ?? ''} ${result}`);

  it('when it is synced, then each phase begins when the one before has ended', async () => {
    const { id, name } = await given('order', {
      'app/a.yaml': configMap('settings', { level: '1' }),
      'app/pre.yaml': job('migrate', { annotations: argo('PreSync') }),
      'app/early.yaml': job('early', { annotations: { ...argo('PreSync'), 'argocd.argoproj.io/sync-wave': '-1' } }),
      'app/post.yaml': job('smoke', { annotations: argo('PostSync') }),
    });
    const done = await sync(id);
    expect(done).toMatchObject({ phase: 'succeeded' });
    const all = await jobs(name);
    const [settings] = await world.list(cluster, `/api/v1/namespaces/${name}/configmaps`, 'settings');
    const time = (text: unknown) => Date.parse(String(text));
    const began = (manifest: Manifest | undefined) => time(manifest?.metadata.creationTimestamp);
    const ended = (manifest: Manifest | undefined) => time(textAt(manifest, 'status', 'completionTime'));
    const named = (wanted: string) => all.find(({ metadata }) => metadata.name === wanted);
    expect(began(named('migrate'))).toBeGreaterThanOrEqual(ended(named('early')));
    expect(began(settings)).toBeGreaterThanOrEqual(ended(named('migrate')));
    expect(began(named('smoke'))).toBeGreaterThanOrEqual(began(settings));
    expect(all.flatMap(({ metadata }) => metadata.finalizers ?? [])).toEqual([]);
  });

  it('when one fails before the sync, then nothing is applied and the hooks of a failed sync run', async () => {
    const { id, name } = await given('fails', {
      'app/a.yaml': configMap('settings', { level: '1' }),
      'app/pre.yaml': job('migrate', { annotations: argo('PreSync', 'HookFailed'), fails: true }),
      'app/undo.yaml': job('undo', { annotations: argo('SyncFail') }),
      'app/post.yaml': job('smoke', { annotations: argo('PostSync') }),
    });
    const done = await sync(id);
    expect(done).toMatchObject({ phase: 'failed', message: expect.stringContaining('longer than specified deadline') });
    expect(results(done)).toEqual([
      `${name} created`,
      'migrate@PreSync failed',
      'settings pending',
      'smoke@PostSync pending',
      'undo@SyncFail ran',
    ]);
    expect(await world.list(cluster, `/api/v1/namespaces/${name}/configmaps`, 'settings')).toEqual([]);
    await until(
      () => jobs(name),
      (left) => left.map(({ metadata }) => metadata.name).join(' ') === 'undo',
    );
  });

  it('when it is synced again, then hooks run anew: the old run goes first, generated names are fresh', async () => {
    const { id, name } = await given('again', {
      'app/a.yaml': configMap('settings', { level: '1' }),
      'app/pre.yaml': job('migrate', { annotations: argo('PreSync') }),
      'app/seed.yaml': job('seed-', { annotations: argo('Sync') }),
      'app/clean.yaml': job('clean', { annotations: argo('PostSync', 'HookSucceeded') }),
    });
    expect(await sync(id)).toMatchObject({ phase: 'succeeded' });
    const first = await jobs(name);
    const sha = await world.push(name, { 'app/a.yaml': configMap('settings', { level: '2' }) });
    await until(
      () => world.view(id),
      (view) => view.target?.sha === sha,
    );
    expect(await sync(id)).toMatchObject({ phase: 'succeeded' });
    const second = await jobs(name);
    const uidOf = (list: Manifest[]) => list.find(({ metadata }) => metadata.name === 'migrate')?.metadata.uid;
    expect(uidOf(second)).not.toBe(uidOf(first));
    expect(second.map(({ metadata }) => metadata.name.replace(/^seed-.*/, 'seed-…')).toSorted()).toEqual([
      'migrate',
      'seed-…',
      'seed-…',
    ]);
  });

  it('when a hook has no time to live, then its end is seen all the same', async () => {
    const { id, name } = await given('short', {
      'app/a.yaml': configMap('settings', { level: '1' }),
      'app/pre.yaml': job('migrate', { annotations: argo('PreSync'), spec: { ttlSecondsAfterFinished: 0 } }),
    });
    expect(results(await sync(id))).toEqual([`${name} created`, 'migrate@PreSync ran', 'settings created']);
    await until(
      () => jobs(name),
      (left) => left.length === 0,
    );
    await until(
      () => world.view(id),
      (view) => view.sync === 'Synced' && view.health === 'Healthy',
    );
  });

  it("when it is a chart, then Helm's hooks run at Argo CD's moments", async () => {
    const helm = (hook: string, policy?: string) => ({
      'helm.sh/hook': hook,
      ...(policy === undefined ? {} : { 'helm.sh/hook-delete-policy': policy }),
    });
    const { id, name } = await given('chart', {
      'app/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'app/templates/a.yaml': configMap('settings', { level: '1' }),
      'app/templates/pre.yaml': job('pre', { annotations: helm('pre-install,pre-upgrade', 'hook-succeeded') }),
      'app/templates/post.yaml': job('post', { annotations: helm('post-install') }),
      'app/templates/test.yaml': job('test', { annotations: helm('test') }),
      'app/templates/gone.yaml': job('gone', { annotations: helm('post-delete') }),
    });
    const done = await sync(id);
    expect(results(done)).toEqual([`${name} created`, 'pre@PreSync ran', 'settings created', 'post@PostSync ran']);
    await until(
      () => jobs(name),
      (left) => left.map(({ metadata }) => metadata.name).join(' ') === 'post',
    );
    await until(
      () => world.view(id),
      (view) => view.sync === 'Synced',
    );
  });

  it('when a person ends the sync, then the hook that runs is stopped', async () => {
    const { id, name } = await given('stopped', {
      'app/a.yaml': configMap('settings', { level: '1' }),
      'app/pre.yaml': job('migrate', { annotations: argo('PreSync'), spec: { suspend: true } }),
    });
    const operationId = await world.click(id, await world.plan(id));
    await until(
      () => world.operation(operationId),
      (operation) => operation.objects.some(({ result }) => result === 'running'),
    );
    await world.terminate(operationId);
    expect(await world.finished(operationId)).toMatchObject({ phase: 'terminated' });
    await until(
      () => jobs(name),
      (left) => left.length === 0,
    );
  });

  it('when only some of it is synced, then no hook runs', async () => {
    const { id, name } = await given('some', {
      'app/a.yaml': configMap('settings', { level: '1' }),
      'app/pre.yaml': job('migrate', { annotations: argo('PreSync') }),
    });
    const done = await sync(id, { kind: 'sync', prune: false, resources: [`/ConfigMap/${name}/settings`] });
    expect(results(done)).toEqual([`${name} created`, 'settings created']);
    expect(await jobs(name)).toEqual([]);
  });
});
