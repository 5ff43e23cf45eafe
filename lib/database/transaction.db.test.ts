import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { type ChangeKey, listenForChanges } from './changes.ts';
import { claimJobs, completeJob } from './queue.ts';
import { inTransaction } from './transaction.ts';

describe('inTransaction', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('worker');
  });
  afterAll(() => database.drop());

  it('sends keys and jobs with the commit, and neither on rollback', async () => {
    const seen: ChangeKey[] = [];
    const listener = await new Promise<ReturnType<typeof listenForChanges>>((resolve) => {
      const opened = listenForChanges(database.url, {
        onKeys: (keys) => seen.push(...keys),
        onReset: () => resolve(opened),
      });
    });
    await expect(
      inTransaction(database, async ({ tx, changed, enqueue }) => {
        await tx.project.create({ data: { name: 'lost' } });
        changed('application:lost');
        enqueue({ kind: 'render', key: 'lost' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await inTransaction(database, async ({ tx, changed, enqueue }) => {
      await tx.project.create({ data: { name: 'kept' } });
      changed('application:kept', 'application:kept');
      enqueue({ kind: 'render', key: 'kept' }, { kind: 'render', key: 'kept' });
    });
    await expect.poll(() => seen).toEqual(['application:kept']);
    const jobs = await claimJobs(database.queue, 'render', { limit: 10 });
    expect(jobs.map((job) => job.key)).toEqual(['kept']);
    for (const job of jobs) await completeJob(database.queue, job);
    expect(await database.prisma.project.count()).toBe(1);
    await listener.close();
  });

  it('queues a key again while it is being worked on', async () => {
    await inTransaction(database, async ({ enqueue }) => enqueue({ kind: 'compare', key: 'a' }));
    const [first] = await claimJobs(database.queue, 'compare', { limit: 5 });
    await inTransaction(database, async ({ enqueue }) =>
      enqueue({ kind: 'compare', key: 'a' }, { kind: 'compare', key: 'a' }),
    );
    const again = await claimJobs(database.queue, 'compare', { limit: 5 });
    expect([first?.key, ...again.map((job) => job.key)]).toEqual(['a', 'a']);
  });

  it('refuses to change the audit', async () => {
    await database.prisma.auditEvent.create({
      data: {
        actorKind: 'system',
        actorId: 's',
        actorName: 's',
        verb: 'v',
        targetKind: 't',
        targetId: 'i',
        targetName: 'n',
        outcome: 'allowed',
        requestId: 'r',
      },
    });
    await expect(database.prisma.auditEvent.updateMany({ data: { verb: 'w' } })).rejects.toThrow(/append-only/);
    await expect(database.prisma.auditEvent.deleteMany()).rejects.toThrow(/append-only/);
  });
});
