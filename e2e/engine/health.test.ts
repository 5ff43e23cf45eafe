import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { getFleet } from '#lib/services/fleet/get.ts';
import { createHealthRule, deleteHealthRule, updateHealthRule } from '#lib/services/health-rules/manage.ts';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { configMap, until, World } from '../world.ts';
import { addControlPlane, CLUSTERS, SANDBOX } from './clusters.ts';

let world: World;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let stopControlPlane: (() => Promise<void>) | undefined;

beforeAll(async () => {
  database = await makeTestDatabase();
  world = await World.open({ databaseUrl: database.url, clusters: [SANDBOX] });
  stopControlPlane = await addControlPlane(world);
  await world.startWorker();
});
afterAll(async () => {
  await world?.stop();
  await stopControlPlane?.();
  await database?.drop();
});

const object = (apiVersion: string, kind: string, name: string, more: object = {}) =>
  JSON.stringify({ apiVersion, kind, metadata: { name }, ...more });

/** One replica of one container; `pod` goes into its pods. */
function deployment(pod: object = {}, container: object = {}): string {
  const labels = { app: 'web' };
  const containers = [{ name: 'web', image: 'registry.example/web:1', ...container }];
  const template = { metadata: { labels }, spec: { containers, ...pod } };
  return object('apps/v1', 'Deployment', 'web', { spec: { replicas: 1, selector: { matchLabels: labels }, template } });
}

const NOWHERE = { nodeSelector: { nowhere: '1' } };

// Scheduler, quotas and admission are Kubernetes' own: the simulated cluster has none of them.
describe.each(CLUSTERS.filter(({ cluster }) => cluster !== SANDBOX))('on $cluster', ({ cluster, skipped }) => {
  const it = test.skipIf(skipped !== '');
  const sync = async (id: string) => {
    await until(
      () => world.view(id),
      (view) => view.target !== null,
    );
    await world.click(id, await world.plan(id));
  };
  const given = async (name: string, files: Record<string, string>) => {
    const id = await world.application({ name, cluster, files });
    await sync(id);
    return id;
  };
  const shows = (id: string, expected: (view: ApplicationView) => boolean) => until(() => world.view(id), expected);
  const means = (id: string, cause: string) => shows(id, ({ diagnosis }) => diagnosis?.id === cause);

  describe('given a Deployment', () => {
    it('when no node has the labels it asks for, then that is said', async () => {
      await means(await given('selector', { 'app/a.yaml': deployment(NOWHERE) }), 'node-selector');
    });

    it('when its claim does not exist, then the claim is named', async () => {
      const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'orders' } }];
      const id = await given('claimless', { 'app/a.yaml': deployment({ volumes }) });
      expect((await means(id, 'claim-not-found')).diagnosis?.action).toContain('PersistentVolumeClaim orders');
    });

    it('when the quota of its namespace is used up, then the quota is named', async () => {
      const id = await given('quota', {
        'app/a.yaml': object('v1', 'ResourceQuota', 'few', { spec: { hard: { pods: '0' } } }),
        'app/b.yaml': deployment(),
      });
      expect((await means(id, 'quota-exceeded')).diagnosis?.words).toBe('The quota few of the namespace is used up.');
    });

    it('when a LimitRange forbids what it asks for, then the limit is told', async () => {
      const limits = [{ type: 'Container', max: { memory: '1Gi' } }];
      const id = await given('limits', {
        'app/a.yaml': object('v1', 'LimitRange', 'small', { spec: { limits } }),
        'app/b.yaml': deployment({}, { resources: { limits: { memory: '2Gi' }, requests: { memory: '2Gi' } } }),
      });
      expect((await means(id, 'limit-range')).diagnosis?.words).toContain('memory of 1Gi');
    });

    it('when its namespace enforces a Pod Security level it does not keep, then the level is named', async () => {
      const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
      const id = await given('secured', {
        'app/a.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'secured', labels } }),
        'app/b.yaml': deployment(),
      });
      expect((await means(id, 'pod-security')).diagnosis?.words).toContain('level restricted');
    });

    it('when its service account does not exist, then it is named', async () => {
      const id = await given('nobody', { 'app/a.yaml': deployment({ serviceAccountName: 'deployer' }) });
      expect((await means(id, 'service-account-missing')).diagnosis?.words).toContain('deployer');
    });
  });

  describe('given a pod of a Deployment', () => {
    const waiting = (reason: string, message: string, last: object = {}) => ({
      containerStatuses: [status({ state: { waiting: { reason, message } }, lastState: last, restartCount: 3 })],
    });
    const status = (more: object) => ({
      name: 'web',
      image: 'registry.example/web:1',
      imageID: '',
      ready: false,
      restartCount: 0,
      ...more,
    });
    /** The test plays the kubelet: a pod without a node is nobody else's. */
    const withPod = async (name: string, podStatus: object) => {
      const id = await given(name, { 'app/a.yaml': deployment(NOWHERE) });
      const pods = `/api/v1/namespaces/${name}/pods`;
      const [pod] = await until(
        () => world.list(cluster, pods),
        (all) => all.length > 0,
      );
      await world.edit(cluster, `${pods}/${pod?.metadata.name ?? ''}/status`, { status: podStatus });
      return id;
    };

    it.each([
      ['image-not-found', waiting('ImagePullBackOff', 'registry.example/web:1: not found')],
      ['image-access', waiting('ErrImagePull', 'failed to authorize: 401 Unauthorized')],
      ['config-map-missing', waiting('CreateContainerConfigError', 'configmap "settings" not found')],
      [
        'out-of-memory',
        waiting('CrashLoopBackOff', 'back-off', { terminated: { exitCode: 137, reason: 'OOMKilled' } }),
      ],
      ['command-missing', waiting('CrashLoopBackOff', 'back-off', { terminated: { exitCode: 127, reason: 'Error' } })],
    ])('when the kubelet reports %s, then the application is Degraded and says so', async (cause, podStatus) => {
      const id = await withPod(cause, podStatus);
      expect(await means(id, cause)).toMatchObject({ health: 'Degraded' });
    });

    it('when its init container crashes, then that container is named', async () => {
      const { containerStatuses } = waiting('CrashLoopBackOff', 'back-off', {
        terminated: { exitCode: 1, reason: 'Error' },
      });
      const id = await withPod('init', { initContainerStatuses: containerStatuses });
      expect((await means(id, 'init-container')).diagnosis?.action).toBe('Read the log of the init container web.');
    });

    it('when two applications have one cause, then they are one row of the fleet, with what to do', async () => {
      const broken = waiting('CrashLoopBackOff', 'back-off', { terminated: { exitCode: 139, reason: 'Error' } });
      for (const name of ['twin-a', 'twin-b']) await means(await withPod(name, broken), 'segmentation-fault');
      const group = (await getFleet(world.ctx)).attention.find(
        ({ diagnosis }) => diagnosis?.id === 'segmentation-fault',
      );
      expect(group).toMatchObject({ count: 2, diagnosis: { action: expect.stringContaining('Roll back') } });
    });
  });

  it('given a Job, when it exceeds its deadline, then that is the cause', async () => {
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x' }], ...NOWHERE } };
    const spec = { activeDeadlineSeconds: 1, template };
    const id = await given('late', { 'app/a.yaml': object('batch/v1', 'Job', 'work', { spec }) });
    expect(await means(id, 'job-deadline')).toMatchObject({ health: 'Degraded' });
  });

  it('given an object with a finalizer, when it is deleted, then it is Terminating and the finalizer is named', async () => {
    const metadata = { name: 'kept', finalizers: ['example.com/clean'] };
    const id = await given('kept', { 'app/a.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata }) });
    await shows(id, (view) => view.sync === 'Synced');
    const where = '/api/v1/namespaces/kept/configmaps/kept';
    await world.remove(cluster, where);
    const view = await means(id, 'finalizer');
    expect(view).toMatchObject({ health: 'Terminating', cause: expect.stringContaining('example.com/clean') });
    await world.edit(cluster, where, { metadata: { finalizers: null } });
    await shows(id, ({ health }) => health === 'Missing');
  });

  describe('given a kind of its own', () => {
    const crd = (kind: string) => {
      const plural = `${kind.toLowerCase()}s`;
      const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
      const schema = { openAPIV3Schema: { type: 'object', properties: { spec: open, status: open } } };
      const versions = [{ name: 'v1', served: true, storage: true, subresources: { status: {} }, schema }];
      const spec = { group: 'own.example.com', scope: 'Namespaced', names: { plural, kind }, versions };
      return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.own.example.com`, { spec });
    };
    const own = async (kind: string) => {
      const name = kind.toLowerCase();
      const id = await given(name, {
        'app/a.yaml': crd(kind),
        'app/b.yaml': object('own.example.com/v1', kind, 'orders', { spec: { size: 1 } }),
      });
      await shows(id, (view) => view.sync === 'Synced' && view.health === 'Healthy');
      const report = (status: object) =>
        world.edit(cluster, `/apis/own.example.com/v1/namespaces/${name}/${name}s/orders/status`, { status });
      return { id, report };
    };
    const rule = (kind: string, when: string, more: object = {}) => ({
      group: 'own.example.com',
      kind,
      clauses: [{ when, status: 'Degraded' as const, message: 'Disk is full', ...more }],
    });

    it('when its conditions say Reconciling, Stalled or Ready, then they are believed', async () => {
      const { id, report } = await own('Believed');
      const condition = (type: string, message: string) => ({
        conditions: [{ type, status: 'True', reason: 'X', message }],
      });
      await report(condition('Reconciling', 'moving'));
      await shows(id, (view) => view.health === 'Progressing' && view.cause.endsWith('moving'));
      await report(condition('Stalled', 'no way on'));
      await shows(id, (view) => view.health === 'Degraded' && view.cause.endsWith('no way on'));
      await report(condition('Ready', ''));
      await shows(id, (view) => view.health === 'Healthy');
    });

    it('when the controller has seen an older spec only, then it is Progressing', async () => {
      const { id, report } = await own('Unseen');
      await report({ observedGeneration: 0 });
      await shows(id, (view) => view.health === 'Progressing' && view.diagnosis?.id === 'not-seen');
      await report({ observedGeneration: 1 });
      await shows(id, (view) => view.health === 'Healthy');
    });

    it('when somebody writes, changes and deletes a health rule, then each counts without a restart', async () => {
      const { id, report } = await own('Ruled');
      await report({ percent: 95 });
      const messageExpression = '"Disk is at " + string(object.status.percent) + " %"';
      const full = rule('Ruled', 'object.status.percent >= 90', { messageExpression });
      const { id: ruleId } = await createHealthRule(world.ctx, full);
      await shows(id, (view) => view.health === 'Degraded' && view.cause === 'Ruled orders: Disk is at 95 %');
      const later = rule('Ruled', 'object.status.percent >= 97', { messageExpression });
      await updateHealthRule(world.ctx, { id: ruleId, rule: later });
      await shows(id, (view) => view.health === 'Healthy');
      await report({ percent: 98 });
      await shows(id, (view) => view.cause === 'Ruled orders: Disk is at 98 %');
      await deleteHealthRule(world.ctx, { id: ruleId });
      await shows(id, (view) => view.health === 'Healthy');
    });

    it('when a rule fails on the object, then it is Unknown with the reason, and others are not touched', async () => {
      const [{ id }, other] = [await own('Broken'), await own('Whole')];
      await createHealthRule(world.ctx, rule('Broken', 'object.status.gone == 1'));
      const view = await shows(id, ({ health }) => health === 'Unknown');
      expect(view).toMatchObject({
        cause: expect.stringContaining('No such key: status'),
        diagnosis: { id: 'health-rule-failed' },
      });
      expect(await world.view(other.id)).toMatchObject({ health: 'Healthy' });
    });

    it('when a rule would run for ever, then it is stopped and the application of another kind still syncs', async () => {
      const { id, report } = await own('Endless');
      await report({ list: Array.from({ length: 3_000 }, (_, index) => index) });
      const loops = 'object.status.list.all(a, object.status.list.all(b, object.status.list.all(c, a + b + c >= 0)))';
      await createHealthRule(world.ctx, rule('Endless', loops));
      await shows(id, (view) => view.health === 'Unknown' && view.cause.includes('takes too long'));
      const quick = await given('quick', { 'app/a.yaml': configMap('settings', {}) });
      await shows(quick, (view) => view.sync === 'Synced' && view.health === 'Healthy');
    });
  });
});
