import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JOB_KINDS, type JobKind, type JobRequest } from '#lib/database/queue.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { SYSTEM_ACTOR, type WorkerContext } from '#lib/services/context.ts';
import { createTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { createRuntime, type JobOutcome, type Reconciler, type Runtime, TerminalError } from './runtime.ts';
import type { Slots } from './slots.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

let database: TestDatabase;
let runtime: Runtime | undefined;
let outcomes: string[];

beforeEach(async () => {
  database = await createTestDatabase('worker');
  outcomes = [];
});

afterEach(async () => {
  await runtime?.drain(500);
  runtime = undefined;
  await database.drop();
});

function start(reconciler: Reconciler, slots: Partial<Record<JobKind, Slots>> = {}): void {
  // The runtime hands the context on and looks at nothing of it.
  const context: Pick<WorkerContext, 'actor' | 'database'> = { actor: SYSTEM_ACTOR, database };
  const reconcilers: Partial<Record<JobKind, Reconciler>> = {};
  for (const kind of JOB_KINDS) reconcilers[kind] = reconciler;
  runtime = createRuntime({
    database,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    context: context as WorkerContext,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every kind was just set
    reconcilers: reconcilers as Record<JobKind, Reconciler>,
    log: QUIET,
    slots,
    pollMs: 100,
    onDone: (job, outcome: JobOutcome) => outcomes.push(`${job.kind} ${job.key} ${outcome}`),
  });
  runtime.start();
}

const send = (...jobs: JobRequest[]) => inTransaction(database, async ({ enqueue }) => enqueue(...jobs));
const pendingJobs = () =>
  database.prisma.$queryRawUnsafe<{ state: string }[]>(
    `SELECT state::text FROM pgboss.job WHERE name LIKE 'quarterdeck-%' AND state <> 'completed'`,
  );

describe('the job runtime', () => {
  it('runs a job within milliseconds of its commit and collapses what waits', async () => {
    let runs = 0;
    start(async () => void (runs += 1));
    await sleep(150);
    const begun = performance.now();
    await send({ kind: 'compare', key: 'a' }, { kind: 'compare', key: 'a' });
    await expect.poll(() => outcomes, { interval: 5 }).toEqual(['compare a done']);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(runs).toBe(1);
  });

  it('runs a key again when it was asked for while running, never two at once', async () => {
    let open = 0;
    let most = 0;
    let runs = 0;
    start(async () => {
      open += 1;
      runs += 1;
      most = Math.max(most, open);
      await sleep(100);
      open -= 1;
    });
    await send({ kind: 'render', key: 'a' });
    await expect.poll(() => runs, { interval: 5 }).toBe(1);
    await send({ kind: 'render', key: 'a' });
    await expect.poll(() => outcomes.length).toBe(2);
    expect([runs, most]).toEqual([2, 1]);
  });

  it('brings a waiting poll forward', async () => {
    start(async () => ({ requeueAfterMs: 3_600_000 }));
    await send({ kind: 'fetch', key: 'r', startAfter: new Date(Date.now() + 60_000) });
    await sleep(300);
    expect(outcomes).toEqual([]);
    await send({ kind: 'fetch', key: 'r' });
    await expect.poll(() => outcomes).toEqual(['fetch r requeued']);
    expect(await pendingJobs()).toEqual([{ state: 'created' }]);
  });

  it('tries again what fails, and not what cannot succeed', async () => {
    let tries = 0;
    start(async (_ctx, key) => {
      if (key === 'never') throw new TerminalError('no');
      tries += 1;
      if (tries === 1) throw new Error('not yet');
    });
    await send({ kind: 'render', key: 'later' }, { kind: 'render', key: 'never' });
    await expect
      .poll(() => outcomes.toSorted(), { timeout: 5_000 })
      .toEqual(['render later done', 'render later failed', 'render never terminal']);
    expect(await pendingJobs()).toEqual([]);
  });

  it('lets a slow group fill only its own slots', async () => {
    const project = await database.prisma.project.create({ data: { name: 'p' } });
    const repository = await database.prisma.repository.create({ data: { name: 'r', url: 'https://r.test/r' } });
    const make = async (cluster: string, count: number) => {
      const { id: clusterId } = await database.prisma.cluster.create({ data: { name: cluster, server: 'https://x' } });
      const ids: string[] = [];
      for (let index = 0; index < count; index += 1) {
        const data = {
          name: `${cluster}-${index}`,
          projectId: project.id,
          clusterId,
          repositoryId: repository.id,
          namespace: 'n',
          targetRevision: 'main',
          path: '',
        };
        ids.push((await database.prisma.application.create({ data })).id);
      }
      return ids;
    };
    const slow = await make('slow', 10);
    const fast = await make('fast', 3);
    start(
      async (_ctx, key, signal) => {
        if (slow.includes(key)) await sleep(60_000, undefined, { signal });
      },
      { compare: { total: 4, perGroup: 2 } },
    );
    await send(...slow.map((key) => ({ kind: 'compare' as const, key })));
    await expect.poll(() => runtime?.running().length).toBe(2);
    await send(...fast.map((key) => ({ kind: 'compare' as const, key })));
    await expect
      .poll(() => outcomes.toSorted(), { timeout: 3_000 })
      .toEqual(fast.map((key) => `compare ${key} done`).toSorted());
    expect(runtime?.running().length).toBe(2);
  });

  it.each(['fetch', 'compare'] as const)(
    'lets all that is silent fill only the slots of one group: %s',
    async (kind) => {
      const project = await database.prisma.project.create({ data: { name: `silent ${kind}` } });
      const make = async (status: 'dead' | 'alive', count: number) => {
        const ids: string[] = [];
        for (let index = 0; index < count; index += 1) {
          const name = `${kind}-${status}-${index}`;
          const cluster = await database.prisma.cluster.create({
            data: { name, server: 'https://x', status: status === 'dead' ? 'silent' : 'connected' },
          });
          const repository = await database.prisma.repository.create({
            data: { name, url: `https://r.test/${name}`, status: status === 'dead' ? 'unreachable' : 'reachable' },
          });
          const owners = { projectId: project.id, clusterId: cluster.id, repositoryId: repository.id };
          const data = { ...owners, name, namespace: 'n', targetRevision: 'main', path: '' };
          const application = await database.prisma.application.create({ data });
          ids.push(kind === 'fetch' ? repository.id : application.id);
        }
        return ids;
      };
      const dead = await make('dead', 10);
      const alive = await make('alive', 3);
      start(
        async (_ctx, key, signal) => {
          if (dead.includes(key)) await sleep(60_000, undefined, { signal });
        },
        { [kind]: { total: 4, perGroup: 2 } },
      );
      await send(...dead.map((key) => ({ kind, key })));
      await expect.poll(() => runtime?.running().length).toBe(2);
      await send(...alive.map((key) => ({ kind, key })));
      await expect
        .poll(() => outcomes.toSorted(), { timeout: 3_000 })
        .toEqual(alive.map((key) => `${kind} ${key} done`).toSorted());
      expect(runtime?.running().length).toBe(2);
    },
  );

  it('hands back on shutdown what does not end in time', async () => {
    start(async (_ctx, _key, signal) => sleep(60_000, undefined, { signal }));
    await send({ kind: 'operate', key: 'long' });
    await expect.poll(() => runtime?.running().length).toBe(1);
    await runtime?.drain(200);
    runtime = undefined;
    expect(await pendingJobs()).toEqual([{ state: 'created' }]);
  });

  it('goes on when the database drops every connection', async () => {
    let runs = 0;
    start(async () => void (runs += 1));
    await send({ kind: 'compare', key: 'before' });
    await expect.poll(() => runs).toBe(1);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await admin.end();
    await expect
      .poll(
        () =>
          send({ kind: 'compare', key: 'after' }).then(
            () => true,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(2);
  });

  it('hands out what a dead worker had claimed', async () => {
    await send({ kind: 'operate', key: 'orphan' });
    await database.queue.fetch('quarterdeck-operate');
    await database.prisma.$executeRawUnsafe(
      `UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute', started_on = now() - interval '1 minute'`,
    );
    start(async () => undefined);
    await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual(['operate orphan done']);
  });
});
