import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFenceValid } from '#lib/database/leases.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import { requireFence } from '#lib/services/leases/with-lease.ts';
import { recheckStates } from '#lib/services/drift/recheck.ts';
import { renderAt } from '#lib/services/revisions/render-at.ts';
import { FakeCluster } from '#lib/testing/fake-cluster.ts';
import { configMap, startTestHouse, type TestHouse } from '#lib/testing/house.ts';
import { pretendDeployed, sealCredential, writtenBy } from '#lib/testing/worker-house.ts';
import { startWorker, type Worker } from './worker.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
const CANARY = 'canary-5f2b9c77';
const FILES = {
  'app/config.yaml': configMap('settings', { level: '1' }),
  'app/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  password: ${CANARY}\n`,
};

let house: TestHouse;
let cluster: FakeCluster;
let workers: Worker[];

beforeEach(async () => {
  house = await startTestHouse();
  house.clock.now = () => new Date();
  cluster = new FakeCluster();
  workers = [];
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await house.stop();
});

async function start(): Promise<Worker> {
  const { ports, actor: _actor, requestId: _request, ...rest } = house.ctx;
  const worker = await startWorker({ house: rest, ports: { ...ports, cluster } }, QUIET);
  workers.push(worker);
  return worker;
}

const state = (applicationId: string) =>
  house.database.prisma.applicationState.findUniqueOrThrow({ where: { applicationId } });
const openDrifts = (applicationId: string) =>
  house.database.prisma.driftRecord.findMany({ where: { applicationId, closedAt: null } });

/** Renders by the worker's own jobs, then puts what it rendered into the cluster. */
async function deployed(): Promise<{ id: string; clusterId: string; worker: Worker; manifests: Manifest[] }> {
  const { id } = await house.createApplication({ files: FILES });
  const clusterId = await sealCredential(house, id);
  const worker = await start();
  await expect.poll(async () => (await state(id)).sync, { timeout: 10_000 }).toBe('OutOfSync');
  const { targetSha } = await state(id);
  const { manifests } = await renderAt(worker.ctx, id, targetSha ?? '');
  await pretendDeployed(house.ctx, cluster, { applicationId: id, manifests });
  await inTransaction(house.database, async ({ enqueue }) => enqueue({ kind: 'compare', key: id }));
  await expect.poll(async () => (await state(id)).sync, { timeout: 10_000 }).toBe('Synced');
  return { id, clusterId, worker, manifests };
}

function edited(manifest: Manifest | undefined, data: Record<string, string>): Manifest {
  if (!manifest) throw new Error('nothing to edit');
  return { ...manifest, data };
}

describe('a worker', () => {
  it('takes an application from Git to Synced, and a hand edit to a drift record and back', async () => {
    const { id, clusterId } = await deployed();
    const connected = await house.database.prisma.cluster.findUniqueOrThrow({ where: { id: clusterId } });
    expect([connected.status, connected.kubernetesVersion]).toEqual(['connected', 'v1.36.3']);
    const live = cluster.read('/ConfigMap/shop/settings');
    const by = writtenBy('kubectl-edit', { 'f:data': { '.': {}, 'f:level': {} } });
    const begun = performance.now();
    cluster.put(edited(live, { level: '9' }), [by]);
    await expect.poll(() => openDrifts(id), { interval: 5 }).toHaveLength(1);
    const took = performance.now() - begun;
    expect(took).toBeLessThan(2_000);
    const [drift] = await openDrifts(id);
    expect(drift).toMatchObject({
      objectKey: '/ConfigMap/shop/settings',
      path: 'data.level',
      before: '1',
      after: '9',
      manager: 'kubectl-edit',
      culprit: 'person',
      certain: true,
      managerTime: new Date('2026-11-24T11:58:00Z'),
    });
    await expect.poll(async () => (await state(id)).driftCount).toBe(1);
    expect(await recheckStates(workers[0]?.ctx ?? house.ctx)).toEqual([]);
    cluster.put(edited(live, { level: '1' }), [by]);
    await expect.poll(() => openDrifts(id)).toEqual([]);
    expect((await state(id)).sync).toBe('Synced');
  });

  it('tells a pending change from drift', async () => {
    const { id } = await deployed();
    const { repositoryId } = await state(id);
    const repository = await house.database.prisma.repository.findUniqueOrThrow({ where: { id: repositoryId } });
    await house.git.pushCommit({
      repository: repository.name,
      subject: 'Raise the level',
      files: { 'app/config.yaml': configMap('settings', { level: '2' }) },
    });
    await inTransaction(house.database, async ({ enqueue }) => enqueue({ kind: 'fetch', key: repositoryId }));
    await expect.poll(async () => (await state(id)).sync, { timeout: 10_000 }).toBe('OutOfSync');
    expect((await state(id)).driftCount).toBe(0);
    const rows = await house.database.prisma.objectState.findMany({ where: { applicationId: id, sync: 'OutOfSync' } });
    expect(rows.map((row) => row.differences)).toEqual([[{ path: 'data.level', desired: '2', live: '1' }]]);
  });

  it('writes nothing when nothing changed', async () => {
    const { id } = await deployed();
    const snapshot = async () =>
      house.database.prisma.$queryRawUnsafe(
        `SELECT 'state' AS kind, xmin::text, "applicationId"::text AS key FROM "ApplicationState"
         UNION ALL SELECT 'object', xmin::text, key FROM "ObjectState"
         UNION ALL SELECT 'timeline', xmin::text, id::text FROM "TimelineEntry" ORDER BY 1, 3`,
      );
    const jobs = async (isDone: boolean) => {
      const [row] = await house.database.prisma.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'quarterdeck-compare' AND state ${isDone ? '=' : '<'} 'completed'`,
      );
      return row?.count ?? 0;
    };
    const compare = async () => {
      const earlier = await jobs(true);
      await inTransaction(house.database, async ({ enqueue }) => enqueue({ kind: 'compare', key: id }));
      await expect.poll(() => jobs(true)).toBeGreaterThan(earlier);
      await expect.poll(() => jobs(false)).toBe(0);
    };
    // What the watch still tells of the deployment is news; it begins with a comparison that found none.
    let before = await snapshot();
    const isQuiet = async () => {
      const last = before;
      await compare();
      before = await snapshot();
      return JSON.stringify(last) === JSON.stringify(before);
    };
    await expect.poll(isQuiet, { timeout: 10_000 }).toBe(true);
    await compare();
    const { list } = cluster.calls;
    cluster.compact();
    await expect.poll(() => cluster.calls.list, { timeout: 5_000 }).toBeGreaterThan(list);
    expect(await snapshot()).toEqual(before);
  });

  it('stores no secret anywhere, drifted or not', async () => {
    const { id } = await deployed();
    const live = cluster.read('/Secret/shop/login');
    const other = Buffer.from(`${CANARY}-changed`).toString('base64');
    cluster.put(edited(live, { password: other }), [writtenBy('kubectl-edit', { 'f:data': { 'f:password': {} } })]);
    await expect.poll(() => openDrifts(id)).toHaveLength(1);
    const tables = await house.database.prisma.$queryRawUnsafe<{ name: string }[]>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const found = await house.database.prisma.$queryRawUnsafe<object[]>(
        `SELECT 1 FROM ${name} AS one WHERE one::text LIKE '%${CANARY}%' OR one::text LIKE '%${other.slice(0, 16)}%'
           OR one::text LIKE '%${Buffer.from(CANARY).toString('base64').slice(0, 16)}%'`,
      );
      expect([name, found.length]).toEqual([name, 0]);
    }
  });

  it('keeps the last known state of a silent cluster and catches up when it answers', async () => {
    const { id, clusterId } = await deployed();
    const before = await state(id);
    cluster.down = new ClusterError('unreachable', 'connect ECONNREFUSED');
    cluster.interrupt();
    const status = async () =>
      (await house.database.prisma.cluster.findUniqueOrThrow({ where: { id: clusterId } })).status;
    await expect.poll(status, { timeout: 25_000 }).toBe('silent');
    expect(await state(id)).toEqual(before);
    cluster.put(edited(cluster.read('/ConfigMap/shop/settings'), { level: '7' }), [
      writtenBy('kubectl-edit', { 'f:data': { 'f:level': {} } }),
    ]);
    cluster.down = null;
    await expect.poll(status, { timeout: 15_000 }).toBe('connected');
    await expect.poll(() => openDrifts(id), { timeout: 40_000 }).toHaveLength(1);
  }, 90_000);

  it('shares clusters by leases; the loser of one writes nothing more', async () => {
    const { id } = await deployed();
    const other = await house.createApplication({ files: FILES });
    await sealCredential(house, other.id);
    const [first] = workers;
    const second = await start();
    await expect
      .poll(() => workers.map((worker) => worker.keeper.clusters().length), { timeout: 15_000 })
      .toEqual([1, 1]);
    await expect.poll(async () => (await state(other.id)).sync, { timeout: 15_000 }).toBe('Synced');
    const [kept] = first?.keeper.clusters() ?? [];
    const lease = await house.database.prisma.lease.findUniqueOrThrow({ where: { key: `cluster:${kept ?? ''}` } });
    const stale = { key: lease.key, fence: lease.fence - 1n };
    expect(await isFenceValid(house.database.prisma, stale)).toBe(false);
    await expect(inTransaction(house.database, ({ tx }) => requireFence(tx, stale))).rejects.toThrow('another worker');
    await first?.stop();
    await expect.poll(() => second.keeper.clusters().length, { timeout: 15_000 }).toBe(2);
    cluster.put(edited(cluster.read('/ConfigMap/shop/settings'), { level: '8' }), [
      writtenBy('kubectl-edit', { 'f:data': { 'f:level': {} } }),
    ]);
    await expect.poll(async () => (await openDrifts(id)).length, { timeout: 10_000 }).toBe(1);
  }, 90_000);
});
