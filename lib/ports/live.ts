import type { Manifest, ObjectKey } from '#lib/domain/resource/manifest.ts';
import type { SchemaLookup } from '#lib/domain/schema/lookup.ts';
import type { ApiKind, ClusterClient } from './cluster.ts';

/** A cluster as this worker sees it now: one pooled client and, where this worker holds the lease, a watch cache. */
export interface LiveCluster {
  clusterId: string;
  clusterName: string;
  access: 'read-only' | 'full';
  client: ClusterClient;
  /** The served kind, asking discovery again once when unknown; null when the cluster does not serve it. */
  kind(group: string, kind: string): Promise<ApiKind | null>;
  /** Schemas for list types; answers null for kinds it does not know. */
  schemas: SchemaLookup;
  /** Live objects by `formatObjectKey`, unmasked: from the cache where the kind is watched, by GET else. Absent = not there. */
  read(keys: ObjectKey[], options?: { fresh?: boolean; signal?: AbortSignal }): Promise<Map<string, Manifest>>;
  /** Live objects whose tracking annotation names the application, over the kinds given (and those watched). */
  tracked(applicationId: string, kinds: ApiKind[], options?: { signal?: AbortSignal }): Promise<Manifest[]>;
  /** The lease this worker writes under; absent where it only reads. */
  lease?: { key: string; fence: bigint };
  /** Tells which objects an application declares, so that they are watched and kept whole. */
  manage?(applicationId: string, keys: ObjectKey[]): void;
  /** Objects owned, directly or not, by these uids (ReplicaSets, Pods, Jobs…), from the cache; [] where not watched. */
  descendants(uids: string[]): Manifest[];
}

export interface LivePort {
  /** Throws ClusterError 'unreachable' at once while the cluster's breaker is open. */
  cluster(clusterId: string): Promise<LiveCluster>;
}
