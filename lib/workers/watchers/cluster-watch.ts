import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { env } from '#lib/config/env.ts';
import type { HeldLease } from '#lib/database/leases.ts';
import { listKindsInUse, listManagedKeys } from '#lib/database/rendering.ts';
import { listApplicationIds } from '#lib/database/states.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { metrics } from '#lib/observability/metrics.ts';
import type { ClusterError } from '#lib/ports/cluster.ts';
import { markConnected, markSilent } from '#lib/services/clusters/contact.ts';
import type { WorkerContext } from '#lib/services/context.ts';
import { LeaseLostError } from '#lib/services/leases/with-lease.ts';
import { watchKind } from '../live/kind-watch.ts';
import { asClusterError, kindNameOf, type WatchedCluster, type WatchState } from '../live/live-cluster.ts';
import { Nap } from '../live/nap.ts';
import { CHILD_KINDS, WORKLOAD_KINDS } from '../live/slim.ts';
import { typed } from '../live/live-cluster.ts';
import { CompareScheduler } from './compare-scheduler.ts';

const PROBE_MS = 10_000;
/** Never longer than the administrator lets a call wait. */
const probeTimeoutMs = () => Math.min(10_000, env().QUARTERDECK_CLUSTER_TIMEOUT * 1_000);
const CONTACT_WRITE_MS = 30_000;
/** Failed probes in a row after which a cluster that answered before is called silent. */
const SILENT_AFTER = 2;
/** A kind the cluster does not serve (its CRD is not there yet) is looked for again this often. */
const UNSERVED_MS = 5_000;
/** Applications with kinds that cannot be watched are compared this often instead. */
const POLL_MS = 60_000;

type KindPhase = 'starting' | 'synced' | 'unwatched';

/** Watches one leased cluster: kinds in use, contact, and a comparison for whatever changes. */
export class ClusterWatch implements WatchState {
  readonly cluster: WatchedCluster;
  readonly #ctx: WorkerContext;
  readonly #lease: HeldLease;
  readonly #log: Pick<Logger, 'info' | 'warn'>;
  readonly #abort = new AbortController();
  readonly #kinds = new Map<string, KindPhase>();
  readonly #scheduler: CompareScheduler;
  #begun = false;
  #status: 'unknown' | 'connected' | 'silent' = 'unknown';
  #wroteContactAt = 0;
  #failures = 0;
  #loops: Promise<void>[] = [];
  /** Kinds that failed, until they are tried again. */
  readonly #retries = new Nap();
  readonly #probes = new Nap();

  constructor(
    ctx: WorkerContext,
    options: { cluster: WatchedCluster; lease: HeldLease; log: Pick<Logger, 'info' | 'warn'>; onLost: () => void },
  ) {
    this.#ctx = ctx;
    this.cluster = options.cluster;
    this.#lease = options.lease;
    this.#log = options.log;
    this.#scheduler = new CompareScheduler(ctx, options);
  }

  /** Reads what is in use, begins watching and comparing. */
  async start(): Promise<void> {
    const { prisma } = this.#ctx.database;
    const { clusterId } = this.cluster;
    const keys = new Map<string, Set<string>>();
    for (const { key, applicationId } of await listManagedKeys(prisma, clusterId)) {
      const of = keys.get(applicationId) ?? new Set();
      keys.set(applicationId, of.add(key));
    }
    for (const [applicationId, of] of keys) this.cluster.store.manage(applicationId, of);
    this.cluster.lease = this.#lease;
    this.cluster.watching = this;
    this.cluster.breaker.onOutage = () => this.#suspect();
    for (const { group, kind } of await listKindsInUse(prisma, clusterId)) this.want(group, kind);
    this.#loops.push(this.#probeLoop(), this.#pollLoop());
    await this.#beginWhenSynced();
  }

  async stop(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort(new Error('the watch is stopping'));
    if (this.cluster.watching === this) {
      delete this.cluster.lease;
      this.cluster.watching = { isSynced: () => false, want: () => undefined };
      this.cluster.breaker.onOutage = () => undefined;
    }
    await this.#scheduler.stop();
    await Promise.race([Promise.allSettled(this.#loops), sleep(2_000, undefined, { ref: false })]);
  }

  isSynced(kindName: string): boolean {
    return this.#kinds.get(kindName) === 'synced';
  }

  want(group: string, kind: string): void {
    const name = kindNameOf({ group, kind });
    if (this.#kinds.has(name) || this.#abort.signal.aborted) return;
    this.#kinds.set(name, 'starting');
    this.#loops.push(this.#follow(group, kind));
    if (WORKLOAD_KINDS.has(name)) for (const child of CHILD_KINDS) this.want(child.group, child.kind);
  }

  /** Compares an application, now or a moment later. */
  compare(applicationId: string): void {
    this.#scheduler.request(applicationId);
  }

  async compareAll(): Promise<void> {
    const ids = await listApplicationIds(this.#ctx.database.prisma, { clusterId: this.cluster.clusterId });
    for (const id of ids) this.#scheduler.request(id);
  }

  async #follow(group: string, kindName: string): Promise<void> {
    const name = kindNameOf({ group, kind: kindName });
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        const kind = await this.cluster.kind(group, kindName);
        if (kind) {
          await watchKind(this.cluster.client, kind, {
            signal,
            nap: this.#retries,
            sink: {
              onList: (manifests) =>
                this.#listed(
                  name,
                  manifests.map((one) => typed(one, kind)),
                ),
              onChange: (type, manifest) => this.#changed(name, type, typed(manifest, kind)),
              onContact: () => this.#contact(),
              onOpen: () => metrics().watches.inc({ cluster: this.cluster.clusterName }),
              onEnd: (reason) => this.#ended(reason),
              onError: (error, forbidden) => this.#failed(name, error, forbidden),
            },
          });
          return;
        }
        this.#settle(name, 'unwatched');
      } catch (error) {
        this.#failed(name, asClusterError(error), false);
      }
      await this.#retries.sleep(UNSERVED_MS * (1 + Math.random() / 2), signal);
    }
  }

  #listed(name: string, manifests: Parameters<WatchedCluster['store']['replace']>[1]): void {
    const concerned = this.cluster.store.replace(name, manifests);
    this.#settle(name, 'synced');
    if (this.#begun) for (const id of concerned) this.#scheduler.request(id);
  }

  #changed(name: string, type: 'put' | 'remove', manifest: Parameters<WatchedCluster['store']['put']>[1]): void {
    const { store } = this.cluster;
    const concerned = type === 'put' ? store.put(name, manifest) : store.remove(manifest);
    if (this.#begun) for (const id of concerned) this.#scheduler.request(id);
  }

  #settle(name: string, phase: KindPhase): void {
    this.#kinds.set(name, phase);
  }

  #ended(reason: string): void {
    const cluster = this.cluster.clusterName;
    metrics().watches.dec({ cluster });
    if (!this.#abort.signal.aborted) metrics().watchRestarts.inc({ cluster, reason });
  }

  #failed(name: string, error: ClusterError, forbidden: boolean): void {
    if (forbidden) this.#settle(name, 'unwatched');
    else this.#suspect();
    this.#log.warn(
      { cluster: this.cluster.clusterName, kind: name, message: maskText(error.message) },
      'a watch failed',
    );
  }

  /** A failed call is a reason to ask the cluster now whether it is there at all. */
  #suspect(): void {
    if (this.#status === 'connected' && this.#failures === 0) this.#probes.wake();
  }

  /** The first comparisons wait until every kind in use was listed, or cannot be; a slow kind does not hold them for ever. */
  async #beginWhenSynced(): Promise<void> {
    const begin = async () => {
      const { signal } = this.#abort;
      const limit = Date.now() + 20_000;
      while (!signal.aborted && Date.now() < limit && [...this.#kinds.values()].includes('starting'))
        await sleep(20, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.#begun = true;
      await this.compareAll();
    };
    this.#loops.push(begin().catch((error: unknown) => this.#log.warn({ err: error }, 'could not begin to compare')));
  }

  #contact(): void {
    if (this.#status === 'silent') void this.#probe();
  }

  async #probeLoop(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      await this.#probe();
      const wait = this.#status === 'connected' && this.#failures === 0 ? PROBE_MS : PROBE_MS / 4;
      await this.#probes.sleep(wait * (0.9 + Math.random() * 0.2), signal);
    }
  }

  async #probe(): Promise<void> {
    const { signal } = this.#abort;
    const { clusterId } = this.cluster;
    try {
      const version = await this.cluster.probe(probeTimeoutMs(), signal);
      // What rests after failures need not wait any longer than the cluster itself.
      if (this.#failures > 0) this.#retries.wake();
      this.#failures = 0;
      const returned = this.#status !== 'connected';
      const now = this.#ctx.clock.now().getTime();
      if (returned || now - this.#wroteContactAt >= CONTACT_WRITE_MS) {
        await markConnected(this.#ctx, { clusterId, lease: this.#lease, version });
        this.#wroteContactAt = now;
      }
      const wasSilent = this.#status === 'silent';
      this.#status = 'connected';
      if (wasSilent && this.#begun) await this.compareAll();
    } catch (error) {
      if (signal.aborted) return;
      await this.#probeFailed(error);
    }
  }

  async #probeFailed(error: unknown): Promise<void> {
    if (error instanceof LeaseLostError) return;
    this.#failures += 1;
    if (this.#status === 'connected' && this.#failures < SILENT_AFTER) return;
    try {
      const { clusterId } = this.cluster;
      await markSilent(this.#ctx, { clusterId, lease: this.#lease, error: asClusterError(error).message });
      this.#status = 'silent';
    } catch (problem) {
      this.#log.warn({ err: problem }, 'could not note that a cluster is silent');
    }
  }

  /** What cannot be watched is looked at now and then. */
  async #pollLoop(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted && this.#begun && [...this.#kinds.values()].includes('unwatched'))
        await this.compareAll().catch(() => undefined);
    }
  }
}
