import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimJobs } from '#lib/database/queue.ts';
import { answerInquiry, findInquiry } from '#lib/database/inquiries.ts';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { testCluster, testNewCluster } from '../clusters/test.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

const ANSWER = { ok: true, version: 'v1.36.0', checks: [] };

/** Answers the next question as a worker does, once its subject is what is expected. */
async function answerNext(subject: { clusterId: string | null; access: string }): Promise<void> {
  await expect
    .poll(
      async () => {
        const [job] = await claimJobs(registry.database.queue, 'inquiry', { limit: 1 });
        if (!job) return false;
        const row = await findInquiry(registry.database.prisma, job.key);
        expect(row?.subject).toEqual(subject);
        return registry.database.prisma.$transaction(async (tx) => {
          await answerInquiry(tx, job.key, { answer: ANSWER, answeredAt: new Date() });
          await tx.$queryRaw`SELECT pg_notify('quarterdeck_changes', ${JSON.stringify([`inquiry:${job.key}`])})::text`;
          return true;
        });
      },
      { timeout: 10_000 },
    )
    .toBe(true);
}

describe('questions to a worker', () => {
  test('are answered by whoever claims the job', async () => {
    const { id } = await registry.cluster();
    const asked = testCluster(registry.admin, { id });
    await answerNext({ clusterId: id, access: 'full' });
    expect(await asked).toEqual(ANSWER);
    expect(await registry.events('cluster.test', id)).toMatchObject([{ outcome: 'succeeded' }]);
  });

  test('may be about a cluster that is not registered', async () => {
    const credential = { kind: 'token' as const, token: 'a-token' };
    const ctx = { ...registry.admin, parseKubeconfig: () => ({ contexts: [], warnings: [] }) };
    const asked = testNewCluster(ctx, { server: 'https://k8s.example:6443', credential, access: 'read-only' });
    await answerNext({ clusterId: null, access: 'read-only' });
    expect(await asked).toEqual(ANSWER);
  });
});
