import { describe, expect, test } from 'vitest';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { valueAt } from '#lib/domain/resource/json.ts';
import { configMap, type NewApplication, until, type World } from '../world.ts';
import { CLUSTERS, withClusters } from './clusters.ts';

let world: World;
withClusters((opened) => {
  world = opened;
});

const OPTIONS = 'argocd.argoproj.io/sync-options';
const asking = (name: string, options: string, data: Record<string, string> = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, annotations: { [OPTIONS]: options } },
    data,
  });

function deployment(
  name: string,
  labels: Record<string, string>,
  more: { options?: string; spec?: object } = {},
): string {
  const { options, spec = {} } = more;
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...(options === undefined ? {} : { annotations: { [OPTIONS]: options } }) },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'registry.example/web:1' }] } },
      ...spec,
    },
  });
}

describe.each(CLUSTERS)('on $cluster', ({ cluster, skipped }) => {
  const it = test.skipIf(skipped !== '');
  const given = async (short: string, files: Record<string, string>, more: NewApplication['more'] = {}) => {
    const name = `${short}-${cluster}`;
    const id = await world.application({ name, cluster, files, more });
    await world.deploy(id);
    return { id, name };
  };
  const push = async ({ id, name }: { id: string; name: string }, files: Record<string, string | null>) => {
    const sha = await world.push(name, files);
    await until(
      () => world.view(id),
      (view) => view.target?.sha === sha && view.sync === 'OutOfSync',
    );
  };
  const sync = async (id: string, input: PlanInput = { kind: 'sync', prune: true }) =>
    world.finished(await world.click(id, await world.plan(id, input)));
  const get = async (namespace: string, plural: string, name: string) =>
    (
      await world.list(
        cluster,
        `${plural === 'deployments' ? '/apis/apps/v1' : '/api/v1'}/namespaces/${namespace}/${plural}`,
        name,
      )
    )[0];
  const configMaps = async (namespace: string) =>
    (await world.list(cluster, `/api/v1/namespaces/${namespace}/configmaps`))
      .map(({ metadata }) => metadata.name)
      .filter((name) => name !== 'kube-root-ca.crt')
      .toSorted();

  describe('given objects that Git no longer has, when the application is synced with pruning', () => {
    it('then what says Prune=false stays', async () => {
      const app = await given('kept', { 'app/a.yaml': configMap('a', {}), 'app/b.yaml': asking('b', 'Prune=false') });
      await push(app, { 'app/b.yaml': null, 'app/a.yaml': configMap('a', { level: '2' }) });
      await sync(app.id);
      expect(await configMaps(app.name)).toEqual(['a', 'b']);
    });

    it('then what says Prune=confirm goes only when it is named', async () => {
      const app = await given('asks', { 'app/a.yaml': configMap('a', {}), 'app/b.yaml': asking('b', 'Prune=confirm') });
      await push(app, { 'app/b.yaml': null, 'app/a.yaml': configMap('a', { level: '2' }) });
      const plan = await world.plan(app.id, { kind: 'sync', prune: true });
      expect(plan.result?.objects.filter((each) => each.asksConfirmation)).toMatchObject([
        { name: 'b', action: 'unchanged', message: 'asks to be confirmed before it is pruned' },
      ]);
      await world.finished(await world.click(app.id, plan));
      expect(await configMaps(app.name)).toEqual(['a', 'b']);
      await sync(app.id, { kind: 'sync', prune: true, confirmed: [`/ConfigMap/${app.name}/b`] });
      expect(await configMaps(app.name)).toEqual(['a']);
    });

    it('then PruneLast waits until what is applied is healthy', async () => {
      const app = await given('last', {
        'app/a.yaml': configMap('a', {}),
        'app/old.yaml': asking('old', 'PruneLast=true'),
      });
      await push(app, { 'app/old.yaml': null, 'app/web.yaml': deployment('web', { app: 'web' }) });
      const plan = await world.plan(app.id, { kind: 'sync', prune: true });
      const waveOf = (name: string) => plan.result?.objects.find((each) => each.name === name)?.wave ?? -1;
      expect(waveOf('old')).toBeGreaterThan(waveOf('web'));
      const done = await world.finished(await world.click(app.id, plan));
      expect(done).toMatchObject({ phase: 'succeeded' });
      expect(await configMaps(app.name)).toEqual(['a']);
    });

    it('then PrunePropagationPolicy=orphan leaves what they own', async () => {
      const app = await given('orphan', {
        'app/a.yaml': configMap('a', {}),
        'app/web.yaml': deployment('web', { app: 'web' }, { options: 'PrunePropagationPolicy=orphan' }),
      });
      const sets = () => world.list(cluster, `/apis/apps/v1/namespaces/${app.name}/replicasets`);
      await until(sets, (found) => found.length === 1);
      await push(app, { 'app/web.yaml': null });
      await sync(app.id);
      await until(
        () => get(app.name, 'deployments', 'web'),
        (live) => live === undefined,
      );
      const left = await until(
        sets,
        (found) => found.length === 1 && (found[0]?.metadata.ownerReferences ?? []).length === 0,
      );
      expect(left).toHaveLength(1);
    });
  });

  describe('given an object that cannot be changed into what Git has', () => {
    it('when it is planned, then the plan refuses it and names the way', async () => {
      const app = await given('stuck', { 'app/web.yaml': deployment('web', { app: 'web' }) });
      await push(app, { 'app/web.yaml': deployment('web', { app: 'other' }) });
      const plan = await world.plan(app.id, { kind: 'sync', prune: false });
      expect(plan.result?.guards).toContainEqual({
        level: 'block',
        message: expect.stringMatching(
          /^Deployment web: .*immutable.*made anew: delete it, or give it the sync option Force=true\.$/s,
        ),
        typedName: null,
      });
    });

    it('and it says Force=true, then it is deleted and made anew', async () => {
      const app = await given('forced', {
        'app/web.yaml': deployment('web', { app: 'web' }, { options: 'Force=true' }),
      });
      const before = await get(app.name, 'deployments', 'web');
      await push(app, { 'app/web.yaml': deployment('web', { app: 'other' }, { options: 'Force=true' }) });
      const plan = await world.plan(app.id, { kind: 'sync', prune: false });
      expect(plan.result?.objects).toMatchObject([{ action: 'change', message: 'is deleted and made anew' }]);
      expect(await world.finished(await world.click(app.id, plan))).toMatchObject({ phase: 'succeeded' });
      const after = await get(app.name, 'deployments', 'web');
      expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
      expect(valueAt(after, 'spec', 'selector')).toEqual({ matchLabels: { app: 'other' } });
      await until(
        () => world.view(app.id),
        (view) => view.sync === 'Synced',
      );
    });
  });

  it('given an object that says Replace=true, when it is synced, then what others wrote is gone', async () => {
    const app = await given('replaced', { 'app/a.yaml': asking('a', 'Replace=true', { level: '1' }) });
    const where = `/api/v1/namespaces/${app.name}/configmaps/a`;
    await world.edit(cluster, where, { data: { foreign: 'yes' } });
    await push(app, { 'app/a.yaml': asking('a', 'Replace=true', { level: '2' }) });
    expect(await sync(app.id)).toMatchObject({ phase: 'succeeded' });
    expect((await get(app.name, 'configmaps', 'a'))?.['data']).toEqual({ level: '2' });
    await until(
      () => world.view(app.id),
      (view) => view.sync === 'Synced',
    );
  });

  it('given no Replace, when it is synced, then what others wrote stays', async () => {
    const app = await given('shared', { 'app/a.yaml': configMap('a', { level: '1' }) });
    await world.edit(cluster, `/api/v1/namespaces/${app.name}/configmaps/a`, { data: { foreign: 'yes' } });
    await push(app, { 'app/a.yaml': configMap('a', { level: '2' }) });
    await sync(app.id);
    expect((await get(app.name, 'configmaps', 'a'))?.['data']).toEqual({ level: '2', foreign: 'yes' });
  });

  it('given a field the cluster does not know, then the plan names it, and Validate=false lets it pass', async () => {
    const odd = { template: undefined, replica: 3 };
    const labels = { app: 'web' };
    const app = await given('strict', { 'app/a.yaml': configMap('a', {}) });
    const text = (options?: string) => {
      const { template: _none, ...spec } = odd;
      return deployment('web', labels, { ...(options === undefined ? {} : { options }), spec });
    };
    await push(app, { 'app/web.yaml': text() });
    const refused = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(refused.error).toBeNull();
    expect(refused.result?.guards).toContainEqual({
      level: 'block',
      message: expect.stringContaining('replica'),
      typedName: null,
    });
    await push(app, { 'app/web.yaml': text('Validate=false') });
    const allowed = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(allowed.result?.guards).toEqual([]);
    expect(await world.finished(await world.click(app.id, allowed))).toMatchObject({ phase: 'succeeded' });
  });

  it('given a kind the cluster does not serve, then SkipDryRunOnMissingResource=true lets it be planned', async () => {
    const widget = (options?: string) =>
      JSON.stringify({
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: { name: 'w', ...(options === undefined ? {} : { annotations: { [OPTIONS]: options } }) },
      });
    const app = await given('missing', { 'app/a.yaml': configMap('a', {}) });
    await push(app, { 'app/w.yaml': widget() });
    const refused = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(refused.result?.guards).toMatchObject([
      { level: 'block', message: expect.stringContaining('does not serve') },
    ]);
    await push(app, { 'app/w.yaml': widget('SkipDryRunOnMissingResource=true') });
    const planned = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(planned.result?.guards).toEqual([]);
    expect(planned.result?.objects).toMatchObject([{ action: 'unchanged' }, { name: 'w', action: 'create' }]);
  });

  it('given metadata for its namespace, when the sync creates it, then it carries them', async () => {
    const syncPolicy = {
      namespaceMetadata: {
        labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
        annotations: { 'example.com/team': 'shop' },
      },
    };
    const app = await given('spaces', { 'app/a.yaml': configMap('a', {}) }, { syncPolicy });
    const [namespace] = await world.list(cluster, '/api/v1/namespaces', app.name);
    expect(namespace?.metadata).toMatchObject({
      labels: syncPolicy.namespaceMetadata.labels,
      annotations: syncPolicy.namespaceMetadata.annotations,
    });
  });

  it('given words that nobody knows, then the plan says so and goes on', async () => {
    const app = await given('words', { 'app/a.yaml': configMap('a', {}) });
    await push(app, { 'app/a.yaml': asking('a', 'Prune=fasle,ServerSideApply=true') });
    const plan = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(plan.result?.guards).toEqual([
      { level: 'warn', message: 'ConfigMap a has sync options that mean nothing: "Prune=fasle".', typedName: null },
    ]);
    expect(await world.finished(await world.click(app.id, plan))).toMatchObject({ phase: 'succeeded' });
  });
});
