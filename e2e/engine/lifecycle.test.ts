import { describe, expect, test } from 'vitest';
import { suspendApplication } from '#lib/services/suspensions/create.ts';
import { resumeApplication } from '#lib/services/suspensions/release.ts';
import { configMap, type NewApplication, until, type World } from '../world.ts';
import { CLUSTERS, withClusters } from './clusters.ts';

let world: World;
withClusters((opened) => {
  world = opened;
});

const AUTOMATIC = { automated: true, selfHeal: true };
const object = (kind: string, name: string, annotations: Record<string, string> = {}, rest: object = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, annotations }, ...rest });
const job = (name: string, phase: string) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, annotations: { 'argocd.argoproj.io/hook': phase } },
    spec: {
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'registry.example/work:1' }] } },
    },
  });

describe.each(CLUSTERS)('on $cluster', ({ cluster, skipped }) => {
  const it = test.skipIf(skipped !== '');
  const given = async (short: string, files: Record<string, string>, more: NewApplication['more'] = {}) => {
    const name = `${short}-${cluster}`;
    const id = await world.application({ name, cluster, files, more });
    await until(
      () => world.view(id),
      (view) => view.target !== null,
    );
    return { id, name };
  };
  const configMaps = async (namespace: string) =>
    (await world.list(cluster, `/api/v1/namespaces/${namespace}/configmaps`))
      .map(({ metadata }) => metadata.name)
      .filter((name) => name !== 'kube-root-ca.crt')
      .toSorted();
  const remove = async ({ id, name }: { id: string; name: string }) =>
    world.click(id, await world.plan(id, { kind: 'delete' }), name);
  const gone = (id: string) =>
    until(
      async () =>
        world.view(id).then(
          () => 'there',
          () => 'gone',
        ),
      (answer) => answer === 'gone',
    );

  describe('given an application that is deleted with its objects', () => {
    it('then they are gone, what is not its own stays, and the audit has both', async () => {
      const app = await given('whole', {
        'app/a.yaml': configMap('settings', { level: '1' }),
        'app/b.yaml': object('Service', 'web', {}, { spec: { ports: [{ port: 80 }], selector: { app: 'web' } } }),
        'app/kept.yaml': object('ConfigMap', 'kept', { 'helm.sh/resource-policy': 'keep' }),
      });
      await world.deploy(app.id);
      await remove(app);
      await gone(app.id);
      expect(await configMaps(app.name)).toEqual(['kept']);
      expect(await world.list(cluster, `/api/v1/namespaces/${app.name}/services`)).toEqual([]);
      expect((await world.audit(app.id)).slice(-3)).toEqual([
        'deletion.request allowed',
        'deletion.finish succeeded',
        'application.delete succeeded',
      ]);
    });

    it('and one object is held by a finalizer, then it is waited for by name, and the wave below stays', async () => {
      const app = await given('held', {
        'app/a.yaml': configMap('first', { level: '1' }),
        'app/b.yaml': JSON.stringify({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: 'last',
            annotations: { 'argocd.argoproj.io/sync-wave': '1' },
            finalizers: ['example.com/clean-up'],
          },
        }),
      });
      await world.deploy(app.id);
      const operation = await remove(app);
      await until(
        () => world.operation(operation),
        ({ message }) => message.includes('ConfigMap last (held by finalizer example.com/clean-up)'),
      );
      expect(await configMaps(app.name)).toEqual(['first', 'last']);
      await world.edit(cluster, `/api/v1/namespaces/${app.name}/configmaps/last`, { metadata: { finalizers: null } });
      await gone(app.id);
      expect(await configMaps(app.name)).toEqual([]);
    });

    it('and it has hooks around the deletion, then they run before and behind, and nothing is left of them', async () => {
      const app = await given('hooks', {
        'app/a.yaml': configMap('settings', { level: '1' }),
        'app/backup.yaml': job('backup', 'PreDelete'),
        'app/bye.yaml': job('bye', 'PostDelete'),
      });
      await world.deploy(app.id);
      const jobs = `/apis/batch/v1/namespaces/${app.name}/jobs`;
      expect(await world.list(cluster, jobs)).toEqual([]);
      await remove(app);
      await gone(app.id);
      expect(await configMaps(app.name)).toEqual([]);
      await until(
        () => world.list(cluster, jobs),
        (left) => left.length === 0,
      );
    });

    it('and the worker is killed in the middle, then the next one goes on', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 6 }, (_, wave) => [
          `app/${wave}.yaml`,
          object('ConfigMap', `wave-${wave}`, { 'argocd.argoproj.io/sync-wave': String(wave) }),
        ]),
      );
      const app = await given('killed', files);
      await world.deploy(app.id);
      await remove(app);
      await until(
        () => configMaps(app.name),
        (left) => left.length < 6,
      );
      await world.workers.at(-1)?.kill();
      await world.startWorker();
      await gone(app.id);
      expect(await configMaps(app.name)).toEqual([]);
      expect((await world.audit(app.id)).filter((line) => line === 'application.delete succeeded')).toHaveLength(1);
    });
  });

  describe('given an application that syncs by itself', () => {
    it('when it is suspended, then neither Git nor drift moves it, until it is resumed', async () => {
      const app = await given(
        'paused',
        { 'app/a.yaml': configMap('settings', { level: '1' }) },
        { syncPolicy: AUTOMATIC },
      );
      await until(
        () => world.view(app.id),
        (view) => view.sync === 'Synced',
      );
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      await suspendApplication(world.ctx, { applicationId: app.id, input: { reason: 'upgrade', expiresAt } });
      const sha = await world.push(app.name, { 'app/a.yaml': configMap('settings', { level: '2' }) });
      await until(
        () => world.view(app.id),
        (view) => view.target?.sha === sha && view.sync === 'OutOfSync',
      );
      const where = `/api/v1/namespaces/${app.name}/configmaps/settings`;
      await world.edit(cluster, where, { data: { level: 'by hand' } });
      await until(
        () => world.view(app.id),
        (view) => view.driftCount > 0,
      );
      expect(await world.view(app.id)).toMatchObject({ suspended: true, activeOperationId: null });
      await resumeApplication(world.ctx, { applicationId: app.id });
      await until(
        () => world.view(app.id),
        (view) => view.sync === 'Synced' && view.deployed?.sha === sha && view.driftCount === 0,
      );
    });

    it('when it depends on another, then it waits until that is synced and healthy', async () => {
      const base = await given('base', { 'app/a.yaml': configMap('base', { level: '1' }) });
      const app = await given(
        'front',
        { 'app/a.yaml': configMap('settings', { level: '1' }) },
        { syncPolicy: AUTOMATIC, dependsOn: [base.name] },
      );
      await until(
        () => world.view(app.id),
        (view) => view.sync === 'OutOfSync' && view.dependencies.length === 1,
      );
      expect(await world.view(app.id)).toMatchObject({ deployed: null, dependencies: [{ waits: 'was never synced' }] });
      await world.deploy(base.id);
      await until(
        () => world.view(app.id),
        (view) => view.sync === 'Synced' && view.dependencies.every(({ waits }) => waits === ''),
      );
    });
  });
});
