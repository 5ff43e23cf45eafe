import { findClusterTarget } from '#lib/database/watching.ts';
import { type ClusterPort, ClusterError } from '#lib/ports/cluster.ts';
import type { LivePort } from '#lib/ports/live.ts';
import { clusterEndpoint } from '#lib/services/clusters/endpoint.ts';
import type { Context } from '#lib/services/context.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { WatchedCluster } from './live-cluster.ts';

interface Known {
  identity: string;
  cluster: Promise<WatchedCluster>;
}

/** Every cluster this process talks to, one pooled client each; made when first asked for. */
export class LiveClusters implements LivePort {
  readonly #ctx: Context;
  readonly #port: ClusterPort;
  readonly #known = new Map<string, Known>();

  constructor(ctx: Context, port: ClusterPort) {
    this.#ctx = ctx;
    this.#port = port;
  }

  async cluster(clusterId: string): Promise<WatchedCluster> {
    const known = this.#known.get(clusterId);
    const cluster = await (known ? known.cluster : this.#open(clusterId));
    cluster.breaker.check();
    return cluster;
  }

  /** The cluster for its watches: also while its breaker is open. */
  async open(clusterId: string): Promise<WatchedCluster> {
    return this.#known.get(clusterId)?.cluster ?? this.#open(clusterId);
  }

  /** The open cluster, or null; never opens one. */
  async peek(clusterId: string): Promise<WatchedCluster | null> {
    return (await this.#known.get(clusterId)?.cluster) ?? null;
  }

  /** Closes the connection of a cluster that was changed or removed; answers whether it was. */
  async refresh(clusterId: string): Promise<boolean> {
    const known = this.#known.get(clusterId);
    if (!known) return false;
    const target = await findClusterTarget(this.#ctx.database.prisma, clusterId);
    if (target?.identity === known.identity) return false;
    await this.close(clusterId);
    return true;
  }

  async close(clusterId: string): Promise<void> {
    const known = this.#known.get(clusterId);
    this.#known.delete(clusterId);
    await known?.cluster.then((cluster) => cluster.client.close()).catch(() => undefined);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#known.keys()].map((id) => this.close(id)));
  }

  async #open(clusterId: string): Promise<WatchedCluster> {
    const target = await findClusterTarget(this.#ctx.database.prisma, clusterId);
    if (!target) throw new ServiceError('not-found', `Cluster ${clusterId} is not registered any more.`);
    const again = this.#known.get(clusterId);
    if (again) return again.cluster;
    const cluster = this.#connect(target);
    this.#known.set(clusterId, { identity: target.identity, cluster });
    cluster.catch(() => this.#known.delete(clusterId));
    return cluster;
  }

  async #connect({
    id,
    name,
    access,
  }: {
    id: string;
    name: string;
    access: 'read-only' | 'full';
  }): Promise<WatchedCluster> {
    try {
      const client = this.#port.connect(await clusterEndpoint(this.#ctx, id));
      return new WatchedCluster({ id, name, access, client, now: () => this.#ctx.clock.now().getTime() });
    } catch (error) {
      if (error instanceof ServiceError || error instanceof ClusterError) throw error;
      throw new ClusterError(
        'unauthenticated',
        `The credential of cluster ${name} cannot be read: rotate it in Settings.`,
        { cause: error },
      );
    }
  }
}
