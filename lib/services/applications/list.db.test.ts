import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { startTestHouse, type TestHouse } from '#lib/testing/house.ts';
import { listDrift } from '../drift/list.ts';
import { getFleet } from '../fleet/get.ts';
import { listApplications } from './list.ts';

const COUNT = 60;
let house: TestHouse;

/** Sixty applications on three clusters: every fifth degraded for one cause, every seventh drifted by a person. */
async function seed(): Promise<void> {
  const { prisma } = house.database;
  const project = await prisma.project.create({ data: { name: 'shop' } });
  const repository = await prisma.repository.create({ data: { name: 'repo', url: 'https://git.example/repo.git' } });
  const clusters = [];
  for (const name of ['dev', 'prod-eu', 'prod-us']) {
    const status = name === 'prod-us' ? 'silent' : 'connected';
    clusters.push(await prisma.cluster.create({ data: { name, server: `https://${name}.example`, status } }));
  }
  for (let index = 0; index < COUNT; index += 1) {
    const cluster = clusters[index % 3];
    if (!cluster) continue;
    const name = `app-${String(index).padStart(2, '0')}`;
    const degraded = index % 5 === 0;
    const application = await prisma.application.create({
      data: {
        name,
        projectId: project.id,
        clusterId: cluster.id,
        namespace: index % 2 === 0 ? 'even' : 'odd',
        labels: { team: index % 4 === 0 ? 'payments' : 'search' },
        repositoryId: repository.id,
        targetRevision: 'main',
        path: name,
        state: {
          create: {
            name,
            projectName: 'shop',
            clusterId: cluster.id,
            clusterName: cluster.name,
            namespace: index % 2 === 0 ? 'even' : 'odd',
            agent: 'native',
            repositoryId: repository.id,
            sync: index % 7 === 0 ? 'OutOfSync' : 'Synced',
            health: degraded ? 'Degraded' : 'Healthy',
            attention: degraded ? 7 : 0,
            attentionReason: degraded ? 'degraded' : 'ok',
            cause: degraded ? 'Image cannot be pulled' : '',
            causeFingerprint: degraded ? 'image' : '',
            driftCount: index % 7 === 0 ? 1 : 0,
            deployedAt: index % 3 === 0 ? null : new Date(1_790_000_000_000 + index * 1_000),
            changedAt: new Date(1_790_000_000_000 + (index % 10) * 1_000),
            searchText: `${name} shop ${cluster.name} 50%_off`,
          },
        },
      },
    });
    if (index % 7 !== 0) continue;
    await prisma.driftRecord.create({
      data: {
        applicationId: application.id,
        objectKey: `apps/Deployment/even/${name}`,
        path: 'spec.replicas',
        kind: 'changed',
        before: 1,
        after: 3,
        manager: 'kubectl',
        culprit: 'person',
        fingerprint: 'replicas',
        firstSeenAt: new Date(1_790_000_000_000 + index * 60_000),
        lastSeenAt: new Date(1_790_000_000_000 + index * 60_000),
        closedAt: index === 7 ? new Date(1_790_000_900_000) : null,
      },
    });
  }
}

beforeAll(async () => {
  house = await startTestHouse();
  await seed();
});
afterAll(() => house.stop());

async function all(sort: 'attention' | 'name' | 'cluster' | 'changed' | 'deployed', direction?: 'asc' | 'desc') {
  const rows: ApplicationRow[] = [];
  let cursor: string | undefined;
  do {
    const order = direction === undefined ? {} : { direction };
    const page = await listApplications(house.as('viewer'), {
      sort,
      limit: 7,
      ...order,
      ...(cursor ? { cursor } : {}),
    });
    expect(page.total).toBe(COUNT);
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

describe('listApplications', () => {
  it.each([
    ['attention', undefined],
    ['name', 'asc'],
    ['name', 'desc'],
    ['cluster', 'asc'],
    ['cluster', 'desc'],
    ['changed', undefined],
    ['changed', 'asc'],
    ['deployed', undefined],
    ['deployed', 'asc'],
  ] as const)('pages by %s %s without losing or repeating a row', async (sort, direction) => {
    const rows = await all(sort, direction);
    expect(new Set(rows.map((row) => row.id)).size).toBe(COUNT);
    const keys = rows.map((row) => ({
      attention: -row.attention,
      name: row.name,
      cluster: row.clusterName,
      changed: -Date.parse(row.changedAt),
      deployed: -(row.deployedAt === null ? 0 : Date.parse(row.deployedAt)),
    }));
    const column = keys.map((key) => key[sort]);
    const sorted = column.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
    const reversed = sort === 'changed' || sort === 'deployed' ? direction === 'asc' : direction === 'desc';
    expect(column).toEqual(reversed ? sorted.toReversed() : sorted);
  });

  it.each([
    ['', COUNT],
    ['app-1', 10],
    ['50%_off', COUNT],
    ['50%xoff', 0],
    ['cluster:prod-*', 40],
    ['!cluster:prod-*', 20],
    ['cluster:dev health:degraded', 4],
    ['health:DEGRADED', 12],
    ['sync:outofsync', 9],
    ['drift:yes', 9],
    ['drift:no', 51],
    ['ns:odd', 30],
    ['label:team=payments', 15],
    ['label:team', COUNT],
    ['label:owner', 0],
    ['attention:yes', 12],
    ['stale:yes', 20],
    ['manager:kubectl', 8],
    ['culprit:person', 8],
    ['cause:image', 12],
    ['project:sh*', COUNT],
    ['agent:argocd', 0],
    ['pinned:yes', 0],
    ['suspended:yes', 0],
    ['\'; DROP TABLE "Pin"; --', 0],
  ])('finds %j: %i', async (query, expected) => {
    const page = await listApplications(house.as('viewer'), { query, limit: 500 });
    expect([page.total, page.items.length]).toEqual([expected, expected]);
  });

  it.each([['drift:perhaps'], ['label:=']])('explains why %j is no query', async (query) => {
    await expect(listApplications(house.as('viewer'), { query })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'query' }],
    });
  });

  it.each([['nonsense'], [Buffer.from('["a"]').toString('base64url')], ['W10']])(
    'refuses the cursor %j',
    async (cursor) => {
      await expect(listApplications(house.as('viewer'), { cursor })).rejects.toMatchObject({ code: 'invalid' });
    },
  );
});

describe('listDrift', () => {
  it('pages the open ones, newest first, and narrows by the search grammar', async () => {
    const first = await listDrift(house.as('viewer'), { limit: 5 });
    const second = await listDrift(house.as('viewer'), { limit: 5, cursor: first.nextCursor ?? '' });
    expect([first.total, first.items.length, second.items.length, second.nextCursor]).toEqual([8, 5, 3, null]);
    const times = [...first.items, ...second.items].map((one) => one.firstSeenAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await listDrift(house.as('viewer'), { state: 'closed' })).total).toBe(1);
    expect((await listDrift(house.as('viewer'), { query: 'cluster:dev', state: 'all' })).total).toBe(3);
  });
});

describe('getFleet', () => {
  it('says how many need somebody, and groups identical causes', async () => {
    const fleet = await getFleet(house.as('viewer'));
    expect(fleet).toMatchObject({
      applicationCount: COUNT,
      attentionCount: 12,
      silentClusterCount: 1,
      openDriftCount: 8,
    });
    expect(fleet.attention).toMatchObject([
      { fingerprint: 'image', count: 12, clusterCount: 3, suggestion: 'rollback' },
    ]);
    expect(fleet.attention[0]?.applications).toHaveLength(5);
    expect(fleet.lastDay).toHaveLength(48);
    expect(fleet.clusters.map((cluster) => cluster.applicationCount)).toEqual([20, 20, 20]);
  });
});
