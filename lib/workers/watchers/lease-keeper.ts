import type { Logger } from 'pino';
import { type ChangeKey, type ChangeListener, listenForChanges } from '#lib/database/changes.ts';
import { acquireLease, type HeldLease, listLeases, releaseLease, renewLeases } from '#lib/database/leases.ts';
import { listClusterTargets } from '#lib/database/watching.ts';
import { metrics } from '#lib/observability/metrics.ts';
import type { WorkerContext } from '#lib/services/context.ts';
import type { LiveClusters } from '../live/live-clusters.ts';
import { ClusterWatch } from './cluster-watch.ts';

/** A worker that does not renew for this long is taken for dead. */
const LEASE_MS = 10_000;
const PASS_MS = 2_500;

interface Held {
  lease: HeldLease;
  watch: ClusterWatch | null;
  starting: Promise<void>;
}

export interface LeaseKeeperOptions {
  ctx: WorkerContext;
  live: LiveClusters;
  /** Unique for this process. */
  owner: string;
  log: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Leases clusters and watches those it holds. Workers share by number: one with more than its share lets go, one with
 * less takes what is free. Clusters added, changed or removed are noticed by notification, and every pass anyway.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<string, Held>();
  #listener: ChangeListener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #wanted = false;
  #stopped = false;
  #renewedAt = Date.now();

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    const { ctx } = this.#options;
    this.#listener = listenForChanges(ctx.database.url, {
      onKeys: (keys) => this.#heard(keys),
      onReset: () => this.pass(),
    });
    this.#timer = setInterval(() => this.pass(), PASS_MS);
  }

  /** Ids of the clusters this worker watches. */
  clusters(): string[] {
    return [...this.#held.keys()];
  }

  watch(clusterId: string): ClusterWatch | null {
    return this.#held.get(clusterId)?.watch ?? null;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#listener?.close();
    await this.#running;
    await Promise.all([...this.#held.keys()].map((id) => this.#letGo(id, true)));
    const { ctx, owner } = this.#options;
    const self = await acquireLease(ctx.database.prisma, { key: `worker:${owner}`, owner, ttlMs: 1 }).catch(() => null);
    if (self) await releaseLease(ctx.database.prisma, self).catch(() => undefined);
  }

  /** Renews, lets go, takes; one pass at a time. */
  pass(): void {
    if (this.#stopped) return;
    this.#wanted = true;
    this.#running ??= this.#passes().finally(() => {
      this.#running = undefined;
      if (this.#wanted) this.pass();
    });
  }

  #heard(keys: ChangeKey[]): void {
    for (const key of keys) {
      const [kind, id = '', applicationId] = key.split(':');
      if (kind === 'cluster') void this.#changed(id);
      if (kind === 'lease' && id === 'compare' && applicationId) {
        const [clusterId = '', application = ''] = applicationId.split('/');
        this.watch(clusterId)?.compare(application);
      }
    }
  }

  /** Status and times of a cluster change all the time; only what decides how to connect makes a new watch. */
  async #changed(clusterId: string): Promise<void> {
    try {
      if (!this.#held.has(clusterId)) return this.pass();
      if (!(await this.#options.live.refresh(clusterId))) return;
      await this.#letGo(clusterId, true);
      this.pass();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'could not follow the change of a cluster');
    }
  }

  async #passes(): Promise<void> {
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      try {
        await this.#pass();
      } catch (error) {
        this.#options.log.warn({ err: error }, 'could not renew leases; trying again');
        if (Date.now() - this.#renewedAt > LEASE_MS) await this.#dropAll();
        return;
      }
    }
  }

  async #pass(): Promise<void> {
    const { ctx, owner } = this.#options;
    const { prisma } = ctx.database;
    await acquireLease(prisma, { key: `worker:${owner}`, owner, ttlMs: LEASE_MS });
    const kept = await renewLeases(prisma, {
      leases: [...this.#held.values()].map((held) => held.lease),
      owner,
      ttlMs: LEASE_MS,
    });
    this.#renewedAt = Date.now();
    for (const [id, held] of this.#held) if (!kept.has(held.lease.key)) await this.#letGo(id, false);
    const targets = await listClusterTargets(prisma);
    const ids = new Set(targets.map((target) => target.id));
    for (const id of this.#held.keys()) if (!ids.has(id)) await this.#letGo(id, true);
    const workers = (await listLeases(prisma, 'worker:')).size;
    const share = Math.ceil(targets.length / Math.max(1, workers));
    for (const id of [...this.#held.keys()].slice(share)) await this.#letGo(id, true);
    if (this.#held.size >= share) return;
    const taken = await listLeases(prisma, 'cluster:');
    for (const { id, name } of targets) {
      if (this.#held.size >= share || this.#stopped) return;
      if (this.#held.has(id) || taken.has(`cluster:${id}`)) continue;
      const lease = await acquireLease(prisma, { key: `cluster:${id}`, owner, ttlMs: LEASE_MS });
      if (lease) this.#take(id, name, lease);
    }
  }

  #take(clusterId: string, name: string, lease: HeldLease): void {
    const held: Held = { lease, watch: null, starting: Promise.resolve() };
    this.#held.set(clusterId, held);
    metrics().leases.set(this.#held.size);
    held.starting = this.#begin(clusterId, held).catch(async (error: unknown) => {
      this.#options.log.warn({ err: error, cluster: name }, 'could not watch a cluster; trying again');
      await new Promise((resolve) => setTimeout(resolve, PASS_MS).unref());
      if (this.#held.get(clusterId) === held) await this.#letGo(clusterId, true, true);
    });
  }

  async #begin(clusterId: string, held: Held): Promise<void> {
    const { ctx, live, log } = this.#options;
    const cluster = await live.open(clusterId);
    const onLost = () => void this.#letGo(clusterId, false);
    const watch = new ClusterWatch(ctx, { cluster, lease: held.lease, log, onLost });
    if (this.#held.get(clusterId) !== held) return;
    held.watch = watch;
    await watch.start();
  }

  async #letGo(clusterId: string, release: boolean, isStarting = false): Promise<void> {
    const held = this.#held.get(clusterId);
    if (!held) return;
    this.#held.delete(clusterId);
    metrics().leases.set(this.#held.size);
    if (!isStarting) await held.starting;
    await held.watch?.stop();
    await this.#options.live.close(clusterId);
    if (release) await releaseLease(this.#options.ctx.database.prisma, held.lease).catch(() => undefined);
  }

  /** The leases lapsed while the database did not answer: others may have taken them. */
  async #dropAll(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((id) => this.#letGo(id, false)));
  }
}
