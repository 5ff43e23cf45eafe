import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listLeases } from '#lib/database/leases.ts';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { configMap, PATIENT, until, World } from '../world.ts';

const CLUSTERS = ['one', 'two', 'three', 'four'];
const OBJECTS = ['a', 'b', 'c'];

let world: World;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
const ids = new Map<string, string>();
const idOf = (name: string) => ids.get(name) ?? '';
/** Real applies that reached any cluster, by `moment path`. */
const applies: string[] = [];
let held: string | undefined;

/** Clusters by the worker that holds them, in number of clusters; as many entries as workers hold any. */
async function shares(): Promise<number[]> {
  const owners = [...(await listLeases(world.house.database.prisma, 'cluster:')).values()];
  return [...new Set(owners)].map((owner) => owners.filter((one) => one === owner).length);
}

function watchApplies(): void {
  for (const name of CLUSTERS) {
    world.cluster(name).control.setGate(async ({ method, path, query }, moment) => {
      if (method !== 'PATCH' || query.get('fieldManager') !== 'quarterdeck' || query.has('dryRun')) return;
      applies.push(`${moment} ${path}`);
      if (moment === 'arrived' && path === held)
        await until(
          async () => held,
          (now) => now === undefined,
        );
    });
  }
}

const appliesOf = (namespace: string) => applies.filter((one) => one.includes(`/namespaces/${namespace}`)).toSorted();
const allOf = (namespace: string) =>
  [
    `/api/v1/namespaces/${namespace}`,
    ...OBJECTS.map((object) => `/api/v1/namespaces/${namespace}/configmaps/${object}`),
  ]
    .flatMap((path) => [`arrived ${path}`, `done ${path}`])
    .toSorted();

async function click(name: string): Promise<string> {
  await until(
    () => world.view(idOf(name)),
    (view) => view.target !== null,
  );
  return world.click(idOf(name), await world.plan(idOf(name)));
}

beforeAll(async () => {
  database = await makeTestDatabase();
  world = await World.open({ databaseUrl: database.url, clusters: CLUSTERS, env: PATIENT });
  watchApplies();
  await Promise.all([world.startWorker(), world.startWorker()]);
  const files = Object.fromEntries(OBJECTS.map((name) => [`app/${name}.yaml`, configMap(name, { level: '0' })]));
  const create = async (name: string, cluster: string) =>
    void ids.set(name, await world.application({ name, cluster, files }));
  await Promise.all(CLUSTERS.flatMap((name) => [create(name, name), create(`more-${name}`, name)]));
});
afterAll(async () => {
  await world?.stop();
  await database?.drop();
});

describe('two workers on one database', () => {
  test('share the clusters', async () => {
    expect(await until(shares, (now) => now.length === 2 && now.every((count) => count === 2))).toEqual([2, 2]);
  });

  test('run no operation twice', async () => {
    const operations = await Promise.all(CLUSTERS.map(click));
    for (const id of operations) expect(await world.finished(id)).toMatchObject({ phase: 'succeeded' });
    for (const name of CLUSTERS) expect(appliesOf(name)).toEqual(allOf(name));
    const attempts = await world.house.database.prisma.operation.findMany({ select: { attempt: true } });
    expect(attempts.map((row) => row.attempt)).toEqual([1, 1, 1, 1]);
  });

  test('leave to one what the other is asked to run as well', async () => {
    held = '/api/v1/namespaces/more-one';
    const id = await click('more-one');
    await until(
      async () => appliesOf('more-one'),
      (seen) => seen.length === 1,
    );
    // What a worker does at its start, and every minute, with all that is not over.
    await world.enqueue({ kind: 'operate', key: id });
    const others = await Promise.all(['more-two', 'more-three', 'more-four'].map(click));
    for (const other of others) expect(await world.finished(other)).toMatchObject({ phase: 'succeeded' });
    // Claimed by the other worker, which hands it back, or by the same one, which keeps it for later.
    const claimed = () => world.house.database.prisma.$queryRaw<object[]>`
      SELECT 1 FROM pgboss.job
      WHERE name = 'quarterdeck-operate' AND data->>'key' = ${id} AND state IN ('active', 'completed')`;
    await until(claimed, (jobs) => jobs.length >= 2);
    expect(appliesOf('more-one')).toEqual(['arrived /api/v1/namespaces/more-one']);
    held = undefined;
    expect(await world.finished(id)).toMatchObject({ phase: 'succeeded' });
    expect(appliesOf('more-one')).toEqual(allOf('more-one'));
    expect(await world.house.database.prisma.operation.findUnique({ where: { id } })).toMatchObject({ attempt: 1 });
    expect((await world.audit(idOf('more-one'))).filter((line) => line.startsWith('sync.finish'))).toHaveLength(1);
  });

  test('hand over when one is killed: every cluster is watched and every click goes on', async () => {
    held = '/api/v1/namespaces/more-two/configmaps/a';
    const files = Object.fromEntries(OBJECTS.map((name) => [`app/${name}.yaml`, configMap(name, { level: '1' })]));
    const sha = await world.push('more-two', files);
    await until(
      () => world.view(idOf('more-two')),
      (view) => view.target?.sha === sha,
    );
    const id = await click('more-two');
    await until(
      async () => applies,
      (seen) => seen.filter((one) => one === `arrived ${held ?? ''}`).length === 2,
    );
    await world.workers[0]?.kill();
    held = undefined;
    const edit = (name: string) =>
      world.edit(name, `/api/v1/namespaces/${name}/configmaps/a`, { data: { level: 'by hand' } });
    await Promise.all(CLUSTERS.map(edit));
    for (const name of CLUSTERS) {
      const open = () =>
        world.house.database.prisma.driftRecord.count({ where: { applicationId: idOf(name), closedAt: null } });
      expect(await until(open, (count) => count > 0)).toBe(1);
    }
    expect(await shares()).toEqual([4]);
    expect(await world.finished(id)).toMatchObject({ phase: 'succeeded' });
    expect(await world.house.database.prisma.deployment.count({ where: { operationId: id } })).toBe(1);
  });
});
