import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { configMap, type NewApplication, until, World } from '../world.ts';
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

const KUBECTL = 'kubectl-client-side-apply';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What `kubectl apply` sends for a new object. */
const appliedByHand = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, annotations: { [LAST_APPLIED]: JSON.stringify({ data }) } },
  data,
});
const saying = (name: string, options: string, data: Record<string, string>) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, annotations: { 'quarterdeck.dev/sync-options': options } },
    data,
  });

describe.each(CLUSTERS)('on $cluster', ({ cluster, skipped }) => {
  const it = test.skipIf(skipped !== '');
  const where = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`;
  const read = async (namespace: string, name: string): Promise<Manifest | undefined> =>
    (await world.list(cluster, where(namespace), name))[0];
  const managersOf = (live: Manifest | undefined) => (live?.metadata.managedFields ?? []).map(({ manager }) => manager);
  const declare = async (short: string, files: Record<string, string>, more: NewApplication['more'] = {}) => {
    const name = `${short}-${cluster}`;
    const id = await world.application({ name, cluster, files, more });
    await until(
      () => world.view(id),
      (view) => view.target !== null && view.sync !== 'Unknown',
    );
    return { id, name };
  };
  const push = async ({ id, name }: { id: string; name: string }, files: Record<string, string>) => {
    const sha = await world.push(name, files);
    await until(
      () => world.view(id),
      (view) => view.target?.sha === sha && view.sync === 'OutOfSync',
    );
  };
  /** An object applied by hand where an application declares another state of it. */
  const byHand = async (short: string, live: Record<string, string>, file: string) => {
    const name = `${short}-${cluster}`;
    await world.create(cluster, '/api/v1/namespaces', {
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      manager: KUBECTL,
    });
    await world.create(cluster, where(name), { object: appliedByHand('a', live), manager: KUBECTL });
    return declare(short, { 'app/a.yaml': file });
  };
  const rowOf = (plan: Awaited<ReturnType<World['plan']>>, name: string) =>
    plan.result?.objects.find((each) => each.name === name);

  describe('given an object that kubectl applied from the client’s side', () => {
    it('when it is planned, then the plan says whose fields it takes over and what goes', async () => {
      const app = await byHand('seen', { kept: '1', gone: '1' }, configMap('a', { kept: '2' }));
      const row = rowOf(await world.plan(app.id), 'a');
      expect(row).toMatchObject({ action: 'change', message: `takes over 2 fields from ${KUBECTL}` });
      expect(row?.differences.map(({ path, desired }) => [path, desired])).toContainEqual(['data.gone', undefined]);
      expect(row?.differences.map(({ path, desired }) => [path, desired])).toContainEqual(['data.kept', '2']);
      expect(row?.after).not.toContain('gone');
      expect((await read(app.name, 'a'))?.['data']).toEqual({ kept: '1', gone: '1' });
    });

    it('when it is synced, then what Git leaves out is gone, and so is the other manager', async () => {
      const app = await byHand('taken', { kept: '1', gone: '1' }, configMap('a', { kept: '2' }));
      expect(await world.deploy(app.id)).toMatchObject({ phase: 'succeeded' });
      const live = await read(app.name, 'a');
      expect(live?.['data']).toEqual({ kept: '2' });
      expect(managersOf(live)).toEqual(['quarterdeck']);
      expect(live?.metadata.annotations).not.toHaveProperty([LAST_APPLIED]);
      await until(
        () => world.view(app.id),
        (view) => view.sync === 'Synced',
      );
    });

    it('when it is synced and Git drops a field later, then that goes as well', async () => {
      const app = await byHand('later', { a: '1', b: '1' }, configMap('a', { a: '1', b: '1' }));
      await world.deploy(app.id);
      await push(app, { 'app/a.yaml': configMap('a', { a: '1' }) });
      await world.finished(await world.click(app.id, await world.plan(app.id)));
      expect((await read(app.name, 'a'))?.['data']).toEqual({ a: '1' });
    });

    it('when somebody else added to it before, then that stays theirs', async () => {
      const app = await byHand('other', { a: '1' }, configMap('a', { a: '1' }));
      await world.edit(cluster, `${where(app.name)}/a`, { data: { theirs: 'yes' } });
      await world.deploy(app.id);
      const live = await read(app.name, 'a');
      expect(live?.['data']).toEqual({ a: '1', theirs: 'yes' });
      expect(managersOf(live).toSorted()).toEqual(['kubectl-edit', 'quarterdeck']);
    });

    it('and it says ClientSideApplyMigration=false, then its other fields stay', async () => {
      const file = saying('a', 'ClientSideApplyMigration=false', { kept: '2' });
      const app = await byHand('unmoved', { kept: '1', gone: '1' }, file);
      const plan = await world.plan(app.id);
      expect(rowOf(plan, 'a')?.message).toBe('');
      await world.finished(await world.click(app.id, plan));
      expect((await read(app.name, 'a'))?.['data']).toEqual({ kept: '2', gone: '1' });
    });
  });

  describe('given a field that somebody changed by hand, and Git says otherwise', () => {
    const edited = async (short: string, file: (level: string) => string, more: NewApplication['more'] = {}) => {
      const app = await declare(short, { 'app/a.yaml': file('1'), 'app/b.yaml': configMap('b', { level: '1' }) }, more);
      await world.deploy(app.id);
      await world.edit(cluster, `${where(app.name)}/a`, { data: { level: 'by hand' } });
      await push(app, { 'app/a.yaml': file('2'), 'app/b.yaml': configMap('b', { level: '2' }) });
      return app;
    };
    const asks = (level: string) => saying('a', 'Conflicts=ask', { level });

    it('when it is synced, then Git wins', async () => {
      const app = await edited('wins', (level) => configMap('a', { level }));
      await world.finished(await world.click(app.id, await world.plan(app.id)));
      expect((await read(app.name, 'a'))?.['data']).toEqual({ level: '2' });
    });

    it('and the object asks, when it is planned, then the plan names the field and the manager', async () => {
      const app = await edited('asked', asks);
      const plan = await world.plan(app.id);
      const row = rowOf(plan, 'a');
      expect(row).toMatchObject({ action: 'unchanged', contested: [{ field: '.data.level' }] });
      expect(row?.contested[0]?.manager).toContain('kubectl-edit');
      expect(row?.message).toMatch(/^left as it is: others set \.data\.level \(kubectl-edit/);
      expect(plan.result?.guards).toEqual([]);
    });

    it('and the object asks, when nobody chooses it, then it is left and the rest is applied', async () => {
      const app = await edited('left', asks);
      const done = await world.finished(await world.click(app.id, await world.plan(app.id)));
      expect(done).toMatchObject({ phase: 'succeeded' });
      expect(done.objects.find(({ key }) => key.endsWith('/a'))).toMatchObject({
        result: 'skipped',
        message: expect.stringContaining('kubectl-edit'),
      });
      expect((await read(app.name, 'a'))?.['data']).toEqual({ level: 'by hand' });
      expect((await read(app.name, 'b'))?.['data']).toEqual({ level: '2' });
    });

    it('and the object asks, when a person takes it over, then Git wins', async () => {
      const app = await edited('chosen', asks);
      const takeOver = [`/ConfigMap/${app.name}/a`];
      const plan = await world.plan(app.id, { kind: 'sync', prune: false, takeOver });
      expect(rowOf(plan, 'a')).toMatchObject({
        action: 'change',
        message: expect.stringMatching(/^takes over \.data/),
      });
      await world.finished(await world.click(app.id, plan));
      const live = await read(app.name, 'a');
      expect(live?.['data']).toEqual({ level: '2' });
      expect(managersOf(live)).toEqual(['quarterdeck']);
    });

    it('and the application asks for all its objects, then it is left as well', async () => {
      const app = await edited('policy', (level) => configMap('a', { level }), { syncPolicy: { conflicts: 'ask' } });
      await world.finished(await world.click(app.id, await world.plan(app.id)));
      expect((await read(app.name, 'a'))?.['data']).toEqual({ level: 'by hand' });
      expect((await read(app.name, 'b'))?.['data']).toEqual({ level: '2' });
    });
  });

  it('given an application that asks, when nobody else writes, then its syncs go on as ever', async () => {
    const app = await declare(
      'alone',
      { 'app/a.yaml': configMap('a', { level: '1', old: 'yes' }) },
      { syncPolicy: { conflicts: 'ask' } },
    );
    await world.deploy(app.id);
    await push(app, { 'app/a.yaml': configMap('a', { level: '2' }) });
    expect(await world.finished(await world.click(app.id, await world.plan(app.id)))).toMatchObject({
      phase: 'succeeded',
    });
    expect((await read(app.name, 'a'))?.['data']).toEqual({ level: '2' });
  });
});
