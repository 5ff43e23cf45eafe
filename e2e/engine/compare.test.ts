import { describe, expect, test } from 'vitest';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { valueAt } from '#lib/domain/resource/json.ts';
import { getChanges } from '#lib/services/applications/changes.ts';
import { updateSystemRules } from '#lib/services/comparing/system-rules.ts';
import { configMap, type NewApplication, until, type World } from '../world.ts';
import { CLUSTERS, withClusters } from './clusters.ts';

let world: World;
withClusters((opened) => {
  world = opened;
});

const annotated = (name: string, annotations: Record<string, string>, data: Record<string, string> = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, annotations }, data });

const selecting = (label: string) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: label } },
      template: {
        metadata: { labels: { app: label } },
        spec: { containers: [{ name: 'c', image: 'registry.example/web:1' }] },
      },
    },
  });

describe.each(CLUSTERS)('on $cluster', ({ cluster, skipped }) => {
  const it = test.skipIf(skipped !== '');
  const given = async (short: string, files: Record<string, string>, more: NewApplication['more'] = {}) => {
    const name = `${short}-${cluster}`;
    const id = await world.application({ name, cluster, files, more });
    await world.deploy(id);
    return { id, name, where: `/api/v1/namespaces/${name}/configmaps/a` };
  };
  const push = async ({ id, name }: { id: string; name: string }, files: Record<string, string | null>) => {
    const sha = await world.push(name, files);
    await until(
      () => world.view(id),
      (view) => view.target?.sha === sha,
    );
    return sha;
  };
  const becomes = (id: string, holds: (view: ApplicationView) => boolean) => until(() => world.view(id), holds);
  const changes = (id: string) => getChanges(world.ctx, { id });
  const hidden = async (id: string, count: number) => {
    const found = await until(
      () => changes(id),
      (view) => view.hidden.flatMap(({ fields }) => fields).length === count,
    );
    return found.hidden.flatMap(({ fields }) => fields);
  };
  const edit = (where: string, data: Record<string, string | null>) => world.edit(cluster, where, { data });
  const RULE = { kind: 'ConfigMap', paths: ['data.level'], owner: 'ada', reason: 'tuned by hand' };

  describe('given an ignore rule of the application, when somebody changes the field by hand', () => {
    it('then it is Synced, and what is hidden names rule, owner and reason', async () => {
      const app = await given('ruled', { 'app/a.yaml': configMap('a', { level: '1' }) }, { ignoreRules: [RULE] });
      await edit(app.where, { level: '9' });
      expect(await hidden(app.id, 1)).toEqual([
        {
          path: 'data.level',
          desired: '1',
          live: '9',
          level: 'application',
          rule: 'data.level of ConfigMap',
          owner: 'ada',
          reason: 'tuned by hand',
        },
      ]);
      expect(await world.view(app.id)).toMatchObject({ sync: 'Synced', driftCount: 0 });
    });

    it('then another field of the same object still is drift', async () => {
      const files = { 'app/a.yaml': configMap('a', { level: '1', mode: 'x' }) };
      const app = await given('beside', files, { ignoreRules: [RULE] });
      await edit(app.where, { level: '9', mode: 'y' });
      await becomes(app.id, ({ driftCount }) => driftCount === 1);
      const { drift } = await changes(app.id);
      expect(drift.flatMap(({ drifts }) => drifts.map(({ path }) => path))).toEqual(['data.mode']);
      expect(await hidden(app.id, 1)).toMatchObject([{ path: 'data.level' }]);
    });

    it('then a rule that is over hides nothing, and the Changes tab says so', async () => {
      const over = { ...RULE, expiresAt: '2020-01-01T00:00:00.000Z' };
      const app = await given('over', { 'app/a.yaml': configMap('a', { level: '1' }) }, { ignoreRules: [over] });
      await edit(app.where, { level: '9' });
      await becomes(app.id, ({ driftCount }) => driftCount === 1);
      expect((await changes(app.id)).expiredRules).toMatchObject([{ level: 'application', owner: 'ada' }]);
    });

    it('then a rule ends by itself at its time', async () => {
      const ending = { ...RULE, expiresAt: new Date(Date.now() + 8_000).toISOString() };
      const app = await given('ending', { 'app/a.yaml': configMap('a', { level: '1' }) }, { ignoreRules: [ending] });
      await edit(app.where, { level: '9' });
      await hidden(app.id, 1);
      await becomes(app.id, ({ driftCount }) => driftCount === 1);
      expect(await hidden(app.id, 0)).toEqual([]);
    });

    it('then a rule for a field manager hides what that manager set', async () => {
      const rule = { managers: ['kubectl-*'] };
      const app = await given('managed', { 'app/a.yaml': configMap('a', { level: '1' }) }, { ignoreRules: [rule] });
      await edit(app.where, { level: '9' });
      expect(await hidden(app.id, 1)).toMatchObject([{ rule: 'what kubectl-* sets of any object' }]);
    });
  });

  it('given a rule of the whole installation, when it is set and taken back, then every application follows', async () => {
    const app = await given('system', { 'app/a.yaml': configMap('a', { [`odd-${cluster}`]: '1' }) });
    const rule = { kind: 'ConfigMap', name: 'a', paths: [`data["odd-${cluster}"]`] };
    await edit(app.where, { [`odd-${cluster}`]: '2' });
    await becomes(app.id, ({ driftCount }) => driftCount === 1);
    await updateSystemRules(world.ctx, { ignoreRules: [rule] });
    await becomes(app.id, ({ driftCount, sync }) => driftCount === 0 && sync === 'Synced');
    expect(await hidden(app.id, 1)).toMatchObject([{ level: 'system' }]);
    await updateSystemRules(world.ctx, { ignoreRules: [] });
    await becomes(app.id, ({ driftCount }) => driftCount === 1);
  });

  describe('given an object that asks to be left alone', () => {
    it.each([
      ['flux-off', 'kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
      ['flux-ssa', 'kustomize.toolkit.fluxcd.io/ssa', 'IfNotPresent'],
      ['ours', 'quarterdeck.dev/compare-options', 'IfNotPresent'],
    ])('(%s), when it is edited live, then nothing is drift', async (short, name, value) => {
      const app = await given(short, { 'app/a.yaml': configMap('a', { level: '1' }) });
      await world.edit(cluster, app.where, { metadata: { annotations: { [name]: value } }, data: { level: '9' } });
      expect(await hidden(app.id, 1)).toMatchObject([
        { path: 'data.level', level: 'object', rule: `${name}: ${value}` },
      ]);
      expect(await world.view(app.id)).toMatchObject({ sync: 'Synced' });
    });

    it('when Git changes it and it is synced, then what is live stays', async () => {
      const keep = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };
      const files = { 'app/a.yaml': annotated('a', keep, { level: '1' }), 'app/b.yaml': configMap('b', { n: '1' }) };
      const app = await given('once', files);
      await push(app, { 'app/a.yaml': annotated('a', keep, { level: '2' }), 'app/b.yaml': configMap('b', { n: '2' }) });
      await becomes(app.id, ({ sync }) => sync === 'OutOfSync');
      await world.finished(await world.click(app.id, await world.plan(app.id, { kind: 'sync', prune: false })));
      const [a] = await world.list(cluster, `/api/v1/namespaces/${app.name}/configmaps`, 'a');
      const [b] = await world.list(cluster, `/api/v1/namespaces/${app.name}/configmaps`, 'b');
      expect([valueAt(a, 'data', 'level'), valueAt(b, 'data', 'n')]).toEqual(['1', '2']);
      await becomes(app.id, ({ sync }) => sync === 'Synced');
    });

    it('when it is only in Git and its reconciling is disabled, then it is never made', async () => {
      const off = { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' };
      const app = await given('never', { 'app/a.yaml': configMap('a', {}), 'app/b.yaml': annotated('b', off) });
      expect(await world.list(cluster, `/api/v1/namespaces/${app.name}/configmaps`, 'b')).toEqual([]);
      await becomes(app.id, ({ sync }) => sync === 'Synced');
    });

    it('when Git no longer has it, then IgnoreExtraneous keeps the application Synced', async () => {
      const extra = { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' };
      const app = await given('extra', { 'app/a.yaml': configMap('a', {}), 'app/b.yaml': annotated('b', extra) });
      await push(app, { 'app/b.yaml': null });
      expect(await hidden(app.id, 1)).toMatchObject([{ path: '', level: 'object' }]);
      await becomes(app.id, ({ sync }) => sync === 'Synced');
    });
  });

  it('given the revision note of a Deployment in Git, when the controller moves it on, then that is no drift', async () => {
    const web: { metadata: object } = JSON.parse(selecting('web'));
    const note = { 'deployment.kubernetes.io/revision': '7' };
    const app = await given('noted', {
      'app/a.yaml': JSON.stringify({ ...web, metadata: { ...web.metadata, annotations: note } }),
    });
    const where = `/apis/apps/v1/namespaces/${app.name}/deployments/web`;
    await world.edit(cluster, where, { metadata: { annotations: { 'deployment.kubernetes.io/revision': '8' } } });
    const [field] = await hidden(app.id, 1);
    expect(field).toMatchObject({
      level: 'built-in',
      path: 'metadata.annotations["deployment.kubernetes.io/revision"]',
    });
    expect(await world.view(app.id)).toMatchObject({ sync: 'Synced' });
  });

  it('given a selector that Git changes, then the plan and the Changes tab name it before anything is written', async () => {
    const app = await given('frozen', { 'app/a.yaml': selecting('web') });
    await push(app, { 'app/a.yaml': selecting('other') });
    await becomes(app.id, ({ sync }) => sync === 'OutOfSync');
    const frozen = [{ path: 'spec.selector.matchLabels.app', why: 'which pods it owns is settled when it is made' }];
    expect((await changes(app.id)).pending).toMatchObject([{ needsReplace: frozen }]);
    const plan = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(plan.result?.objects).toMatchObject([{ name: 'web', needsReplace: frozen }]);
  });

  it('given a ConfigMap marked immutable that Git changes, then the plan says why it needs to be replaced', async () => {
    const frozen = (level: string) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        immutable: true,
        data: { level },
      });
    const app = await given('sealed', { 'app/a.yaml': frozen('1') });
    await push(app, { 'app/a.yaml': frozen('2') });
    await becomes(app.id, ({ sync }) => sync === 'OutOfSync');
    const plan = await world.plan(app.id, { kind: 'sync', prune: false });
    expect(plan.result?.objects).toMatchObject([
      { needsReplace: [{ path: 'data.level', why: 'it is marked `immutable: true`' }] },
    ]);
  });
});
