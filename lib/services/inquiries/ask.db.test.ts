import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimJobs } from '#lib/database/queue.ts';
import { answerInquiry, findInquiry } from '#lib/database/inquiries.ts';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { testCluster } from '../clusters/test.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('questions to a worker', () => {
  test('are answered by whoever claims the job', async () => {
    const { id } = await registry.cluster();
    const asked = testCluster(registry.admin, { id });
    const answer = { ok: true, version: 'v1.36.0', checks: [] };
    await expect
      .poll(
        async () => {
          const [job] = await claimJobs(registry.database.queue, 'inquiry', { limit: 1 });
          if (!job) return false;
          const row = await findInquiry(registry.database.prisma, job.key);
          expect(row?.subject).toEqual({ clusterId: id, access: 'full' });
          return registry.database.prisma.$transaction(async (tx) => {
            await answerInquiry(tx, job.key, { answer, answeredAt: new Date() });
            await tx.$queryRaw`SELECT pg_notify('quarterdeck_changes', ${JSON.stringify([`inquiry:${job.key}`])})::text`;
            return true;
          });
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    expect(await asked).toEqual(answer);
    expect(await registry.events('cluster.test', id)).toMatchObject([{ outcome: 'succeeded' }]);
  });
});
