import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { listAudit } from '../audit/list.ts';
import { listDrift } from '../drift/list.ts';
import { getApplicationOperations } from '../operations/get.ts';
import { listDeliveries } from '../repositories/list.ts';
import { listDeployments } from './deployments.ts';
import { listApplications } from './list.ts';
import { listTimeline } from './timeline.ts';

let registry: Registry;
let application: Awaited<ReturnType<Registry['application']>>;
beforeAll(async () => {
  registry = await openRegistry();
  application = await registry.application();
});
afterAll(() => registry.close());

interface Page {
  items: { id: string }[];
  nextCursor: string | null;
}

/** Ids of every page, in the order they were answered. */
async function pages(read: (cursor: string | undefined) => Promise<Page>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && seen.length < 100);
  return seen;
}

test('operations come in pages, without a gap or a double where times are equal', async () => {
  const { prisma } = registry.database;
  const ids: string[] = [];
  for (const second of [1, 2, 2, 2, 3, 4, 4]) {
    const row = await prisma.operation.create({
      data: {
        applicationId: application.id,
        kind: 'sync',
        phase: 'succeeded',
        actorKind: 'user',
        actorId: 'ada',
        actorName: 'Ada',
        requestId: 'test',
        input: {},
        createdAt: new Date(Date.UTC(2026, 10, 24, 12, 0, second)),
      },
    });
    ids.push(row.id);
  }
  const read = (limit: number) => (cursor: string | undefined) =>
    getApplicationOperations(registry.viewer, { applicationId: application.id, cursor, limit });
  const whole = await pages(read(50));
  expect(whole.toSorted()).toEqual(ids.toSorted());
  expect(await pages(read(2))).toEqual(whole);
  expect(await pages(read(3))).toEqual(whole);
});

test('the timeline comes in pages, without a gap or a double where times are equal', async () => {
  const { prisma } = registry.database;
  for (const second of [1, 1, 1, 2, 2, 3]) {
    const at = new Date(Date.UTC(2026, 10, 24, 11, 0, second));
    await prisma.timelineEntry.create({
      data: { applicationId: application.id, kind: 'health', at, summary: 'Healthy' },
    });
  }
  const read = (limit: number) => (cursor: string | undefined) =>
    listTimeline(registry.viewer, { id: application.id, cursor, limit });
  const whole = await pages(read(100));
  expect(whole.length).toBeGreaterThanOrEqual(7);
  expect(new Set(whole).size).toBe(whole.length);
  expect(await pages(read(1))).toEqual(whole);
  expect(await pages(read(2))).toEqual(whole);
});

describe('a made-up cursor is refused by', () => {
  const made = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  const cursors = [
    'nonsense',
    made('a'),
    made('a', 'b'),
    made('a', 'b', 'c'),
    made('2026-11-24T12:00:00.000Z', 'b'),
    made(null, {}),
  ];
  const lists: [string, (cursor: string) => Promise<unknown>][] = [
    ['applications', (cursor) => listApplications(registry.viewer, { cursor })],
    ['applications by change', (cursor) => listApplications(registry.viewer, { cursor, sort: 'changed' })],
    ['audit', (cursor) => listAudit(registry.viewer, { cursor, limit: 5, query: '' })],
    [
      'deliveries',
      (cursor) => listDeliveries(registry.viewer, { repositoryId: application.repository.id, cursor, limit: 5 }),
    ],
    ['deployments', (cursor) => listDeployments(registry.viewer, { id: application.id, cursor, limit: 5 })],
    ['drift', (cursor) => listDrift(registry.viewer, { cursor })],
    [
      'operations',
      (cursor) => getApplicationOperations(registry.viewer, { applicationId: application.id, cursor, limit: 5 }),
    ],
    [
      'timeline',
      (cursor) =>
        listTimeline(registry.viewer, { id: application.id, cursor: cursor === cursors[4] ? 'x' : cursor, limit: 5 }),
    ],
  ];
  test.each(lists)('%s', async (_name, read) => {
    for (const cursor of cursors)
      await expect(read(cursor)).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'cursor' }] });
  });
  test('a page of nothing is no error', async () => {
    const page = await listDeployments(registry.viewer, {
      id: application.id,
      limit: 5,
      cursor: made('2026-11-24T12:00:00.000Z', randomUUID()),
    });
    expect(page.items).toEqual([]);
  });
});
