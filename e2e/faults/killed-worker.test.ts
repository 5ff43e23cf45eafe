import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationView, PlanInput } from '#lib/contracts/operations.ts';
import { listDeployments } from '#lib/services/applications/deployments.ts';
import { makeTestDatabase } from '#lib/testing/database.ts';
import { configMap, PATIENT, until, World } from '../world.ts';

/** Where a worker is when it is killed; each an application of its own, under way at the same moment. */
const POINTS = ['unapplied', 'unrecorded', 'between', 'waiting', 'pushed', 'recorded'] as const;
type Point = (typeof POINTS)[number];
const ROLLED_BACK: readonly Point[] = ['pushed', 'recorded'];

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'registry.example/web:1' }] },
    },
  },
};

const filesOf = (level: string) => ({
  'app/a.yaml': configMap('a', { level }),
  'app/b.yaml': configMap('b', { level }),
});

let world: World;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
const ids = new Map<Point | 'fetched', string>();
const idOf = (point: Point | 'fetched') => ids.get(point) ?? '';
/** Real applies that reached the cluster, by path. */
const applied: string[] = [];
/** Applies that are held, by `moment path`. */
const held = new Set<string>();
let isHolding = false;

const isHeld = (path: string, moment: string): boolean => {
  if (path === '/api/v1/namespaces/unapplied') return moment === 'arrived';
  if (path.startsWith('/api/v1/namespaces/recorded/configmaps/')) return moment === 'arrived';
  if (/\/(between|unrecorded)\/configmaps\/a$/.test(path)) return moment === 'done';
  return /\/(between|unrecorded)\/configmaps\/b$/.test(path) && moment === 'arrived';
};

async function begin(point: Point, input: PlanInput = { kind: 'sync', prune: false }): Promise<string> {
  const id = idOf(point);
  await until(
    () => world.view(id),
    (view) => view.target !== null,
  );
  return world.click(id, await world.plan(id, input));
}

async function rollback(point: Point): Promise<string> {
  const { items } = await listDeployments(world.ctx, { id: idOf(point), limit: 10 });
  return begin(point, { kind: 'rollback-git', deploymentId: items.at(-1)?.id ?? '', reason: 'it was better' });
}

async function createAll(): Promise<void> {
  const create = async (name: Point | 'fetched') => {
    const files = name === 'waiting' ? { 'app/web.yaml': JSON.stringify(DEPLOYMENT) } : filesOf('1');
    ids.set(name, await world.application({ name, cluster: 'one', files }));
  };
  await Promise.all([...POINTS, 'fetched' as const].map(create));
  const history = async (point: Point) => {
    await world.deploy(idOf(point));
    const sha = await world.push(point, filesOf('2'));
    await until(
      () => world.view(idOf(point)),
      (view) => view.target?.sha === sha,
    );
    if (point !== 'unrecorded') await world.deploy(idOf(point));
  };
  await Promise.all((['unrecorded', ...ROLLED_BACK] as const).map(history));
}

beforeAll(async () => {
  database = await makeTestDatabase();
  world = await World.open({ databaseUrl: database.url, clusters: ['one'], env: PATIENT });
  await world.startWorker();
  await createAll();
});
afterAll(async () => {
  await world?.stop();
  await database?.drop();
});

describe('a worker that is killed in the middle of everything', () => {
  const operations = new Map<Point, string>();
  const finished = new Map<Point, OperationView>();

  test('is held where it shall die', async () => {
    const { control } = world.cluster('one');
    isHolding = true;
    control.setReadyDelay(3_600_000);
    control.setGate(async ({ method, path, query }, moment) => {
      if (method !== 'PATCH' || query.get('fieldManager') !== 'quarterdeck' || query.has('dryRun')) return;
      if (moment === 'done') applied.push(path);
      if (!isHolding || !isHeld(path, moment)) return;
      held.add(`${moment} ${path}`);
      await until(
        async () => isHolding,
        (holds) => !holds,
        120_000,
      );
    });
    world.git.setPushGate(async (repository) => {
      if (repository !== 'pushed') return;
      held.add(`pushed ${repository}`);
      await until(
        async () => isHolding,
        (holds) => !holds,
        120_000,
      );
    });
    for (const point of POINTS)
      operations.set(point, ROLLED_BACK.includes(point) ? await rollback(point) : await begin(point));
    world.git.setFault('fetched', 'hanging');
    await world.fetch('fetched');
    await until(
      () => world.operation(operations.get('waiting') ?? ''),
      (operation) => operation.phase === 'waiting',
    );
    await until(
      async () => [...held],
      (seen) => seen.length === 8,
    );
    const leases = world.house.database.prisma.lease.count({
      where: { key: `repository:${world.repositoryId('fetched')}` },
    });
    expect(await leases).toBe(1);
  });

  test('is followed by one that finishes all of it', async () => {
    await world.workers[0]?.kill();
    isHolding = false;
    // Somebody else builds on the commit that arrived, before anybody knows that it did.
    await world.push('pushed', { 'README.md': 'built upon' });
    world.cluster('one').control.setReadyDelay(10);
    world.git.setFault('fetched', 'none');
    await world.startWorker();
    for (const point of POINTS) finished.set(point, await world.finished(operations.get(point) ?? ''));
  });

  test.each(POINTS)('%s: is finished once, with one deployment and one end in the audit', async (point) => {
    expect(finished.get(point)).toMatchObject({ phase: 'succeeded' });
    expect(finished.get(point)?.objects.map((object) => object.result)).not.toContain('pending');
    const operationId = operations.get(point) ?? '';
    expect(await world.house.database.prisma.deployment.count({ where: { operationId } })).toBe(1);
    const ends = await world.house.database.prisma.auditEvent.findMany({
      where: { targetId: idOf(point), detail: { path: ['operationId'], equals: operationId } },
      orderBy: { sequence: 'asc' },
    });
    const kind = ROLLED_BACK.includes(point) ? 'rollback' : 'sync';
    expect(ends.map((event) => event.verb)).toEqual([
      `${kind}.request`,
      ...(kind === 'rollback' ? ['rollback.commit'] : []),
      `${kind}.finish`,
    ]);
    await until(
      () => world.view(idOf(point)),
      (view) => view.sync === 'Synced' && view.activeOperationId === null,
    );
  });

  test('applied every object once', () => {
    const expected = [
      '/api/v1/namespaces/unapplied',
      '/api/v1/namespaces/between',
      '/api/v1/namespaces/waiting',
      '/apis/apps/v1/namespaces/waiting/deployments/web',
      ...['unapplied', 'unrecorded', 'between', 'pushed', 'recorded'].flatMap((name) =>
        ['a', 'b'].map((object) => `/api/v1/namespaces/${name}/configmaps/${object}`),
      ),
    ];
    expect(applied.toSorted()).toEqual(expected.toSorted());
  });

  test.each(ROLLED_BACK)('%s: committed once', async (point) => {
    const log = await world.gitLog(point);
    const first = log.at(-1)?.slice(0, 7) ?? '';
    const commit = `${finished.get(point)?.commitSha ?? ''} Roll back ${point} to ${first}`;
    expect(log.filter((line) => line.includes('Roll back'))).toEqual([commit]);
  });

  test('fetches on where it was killed while fetching', async () => {
    const sha = await world.push('fetched', filesOf('9'));
    await until(
      () => world.view(idOf('fetched')),
      (view) => view.target?.sha === sha && view.error === null,
    );
  });
});
