import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { Logger } from 'pino';
import { writeSetting } from '#lib/database/installation.ts';
import { metrics } from '#lib/observability/metrics.ts';
import { SYSTEM_ACTOR, type WorkerContext } from '#lib/services/context.ts';
import { resumeOperations } from '#lib/services/operations/resume.ts';
import { releaseCheckouts } from '#lib/services/revisions/checkouts.ts';
import { ensurePolls, ensureRecheck } from '#lib/services/revisions/ensure-polls.ts';
import type { WorkerHouse } from '#lib/wiring.ts';
import { LiveClusters } from './live/live-clusters.ts';
import { RECONCILERS } from './reconcilers/registry.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
import { LeaseKeeper } from './watchers/lease-keeper.ts';

/** Of every job, whatever became of it. */
const onDone: NonNullable<RuntimeOptions['onDone']> = ({ kind }, outcome, durationMs) =>
  metrics().jobs.observe({ kind, outcome }, durationMs / 1_000);

const HEARTBEAT_MS = 5_000;
const POLLS_MS = 5 * 60_000;
const RESUME_MS = 60_000;
const DRAIN_MS = 8_000;

export interface Worker {
  ctx: WorkerContext;
  keeper: LeaseKeeper;
  runtime: Runtime;
  live: LiveClusters;
  /** Finishes or hands back what is under way, gives up every lease; the database stays open. */
  stop(): Promise<void>;
}

/** Starts the jobs and the watches of one worker on an open house. */
export async function startWorker(
  { house, ports }: WorkerHouse,
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>,
): Promise<Worker> {
  const base = { ...house, actor: SYSTEM_ACTOR, requestId: 'worker' };
  const live = new LiveClusters(base, ports.cluster);
  const ctx: WorkerContext = { ...base, ports: { ...ports, live } };
  const owner = `${os.hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const runtime = createRuntime({ database: house.database, context: ctx, reconcilers: RECONCILERS, log, onDone });
  const keeper = new LeaseKeeper({ ctx, live, owner, log });
  const beat = () => writeSetting(house.database.prisma, 'worker-heartbeat', { at: new Date().toISOString(), owner });
  const quietly = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => log.warn({ err: error }, 'the database did not answer; trying again'));
  await beat();
  runtime.start();
  keeper.start();
  await resumeOperations(ctx);
  await ensurePolls(ctx, { soon: true });
  await ensureRecheck(ctx);
  const timers = [
    setInterval(quietly(beat), HEARTBEAT_MS),
    setInterval(
      quietly(() => resumeOperations(ctx)),
      RESUME_MS,
    ),
    setInterval(
      quietly(() => ensurePolls(ctx, { soon: false })),
      POLLS_MS,
    ),
  ];
  return {
    ctx,
    keeper,
    runtime,
    live,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all([keeper.stop(), runtime.drain(DRAIN_MS)]);
      await live.closeAll();
      await releaseCheckouts(ports.source);
    },
  };
}
