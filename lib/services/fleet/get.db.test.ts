import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceError } from '#lib/ports/source.ts';
import { startTestHouse, type TestHouse } from '#lib/testing/house.ts';
import { restate } from '../drift/restate.ts';
import { fetchRepository } from '../revisions/fetch.ts';
import { getFleet } from './get.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await startTestHouse();
});
afterAll(() => house.stop());

async function outOfSync(applicationId: string): Promise<void> {
  const { prisma } = house.database;
  await prisma.applicationState.update({ where: { applicationId }, data: { targetSetId: randomUUID() } });
  await prisma.objectState.create({
    data: {
      applicationId,
      key: '/ConfigMap/shop/settings',
      apiVersion: 'v1',
      desiredHash: 'x',
      managed: true,
      sync: 'OutOfSync',
      health: 'Healthy',
      changedAt: house.clock.now(),
    },
  });
}

describe('what needs attention', () => {
  test('is one row a cause: a Git server that is down, whatever else is said of its applications', async () => {
    const apps = [await house.createApplication(), await house.createApplication(), await house.createApplication()];
    await house.git.stop();
    // One differs from Git with automatic sync off, the others are not known: two reasons to look, one cause.
    await outOfSync(apps[0]?.id ?? '');
    for (const { id, repositoryId } of apps) {
      await expect(fetchRepository(house.ctx, repositoryId)).rejects.toThrow(SourceError);
      await restate(house.ctx, id);
    }
    const { attention } = await getFleet(house.as('viewer'));
    expect(attention).toMatchObject([
      { count: 3, clusterCount: 3, cause: expect.stringContaining('cannot be reached') },
    ]);
    const states = await house.database.prisma.applicationState.findMany({ orderBy: { name: 'asc' } });
    expect(states.map(({ attentionReason }) => attentionReason)).toEqual(['out-of-sync-manual', 'unknown', 'unknown']);
  });

  test('is named after the worst of those who have it', async () => {
    const { prisma } = house.database;
    const [one, two] = await prisma.applicationState.findMany({ take: 2, orderBy: { name: 'asc' } });
    const as = (id: string | undefined, cause: string, reason: string, attention: number) =>
      prisma.applicationState.update({
        where: { applicationId: id ?? '' },
        data: { cause, causeFingerprint: cause, attentionReason: reason, attention },
      });
    await as(one?.applicationId, 'Image cannot be pulled', 'degraded', 7);
    await as(two?.applicationId, 'Image cannot be pulled', 'progressing-too-long', 2);
    const { attention } = await getFleet(house.as('viewer'));
    expect(attention.map(({ reason, count }) => `${reason} ${count}`)).toEqual(['degraded 2', 'unknown 1']);
  });
});
