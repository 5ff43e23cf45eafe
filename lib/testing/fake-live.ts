import { randomUUID } from 'node:crypto';
import { formatObjectKey, type Manifest, type ObjectKey, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { trackedApplication } from '#lib/domain/resource/tracking.ts';
import {
  type ApiKind,
  type ClusterClient,
  ClusterError,
  type FieldConflict,
  type ObjectRef,
} from '#lib/ports/cluster.ts';
import type { LiveCluster, LivePort } from '#lib/ports/live.ts';

const CLUSTER_SCOPED = new Set(['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterIssuer']);

/** One cluster in memory: applies merge, everything is counted, and any call can be made to fail. */
export class FakeLive implements LivePort {
  readonly objects = new Map<string, Manifest>();
  readonly calls = { apply: 0, dryRun: 0, replace: 0, remove: 0 };
  /** How each deletion went on. */
  readonly propagations: string[] = [];
  access: 'read-only' | 'full' = 'full';
  /** Kinds the cluster does not serve (yet). */
  readonly unserved = new Set(['Unserved']);
  /** Thrown by the next calls that match; answers undefined to let them pass. */
  failure: (call: 'connect' | 'apply' | 'dry-run' | 'remove', key: string) => Error | undefined = () => undefined;
  /** Fields that others set otherwise, by object key: an apply without force is refused. */
  readonly contested = new Map<string, FieldConflict[]>();
  /** What an admission webhook makes of every applied object. */
  admit: (manifest: Manifest) => Manifest = (manifest) => manifest;
  /** Called after an object was stored. */
  onApplied: (manifest: Manifest) => void = () => undefined;

  async cluster(clusterId: string): Promise<LiveCluster> {
    const failure = this.failure('connect', clusterId);
    if (failure) throw failure;
    return {
      clusterId,
      clusterName: 'fake',
      access: this.access,
      client: this.#client(),
      kind: async (group, kind) => (this.unserved.has(kind) ? null : kindOf(group, kind)),
      schemas: { definitions: {}, find: () => undefined },
      read: async (keys) => this.#read(keys),
      tracked: async (applicationId) =>
        [...this.objects.values()].filter((manifest) => trackedApplication(manifest) === applicationId),
      descendants: (uids) => this.#descendants(uids),
    };
  }

  /** Puts an object there as somebody else would. */
  put(manifest: Manifest): void {
    this.objects.set(formatObjectKey(objectKeyOf(manifest)), this.#stored(manifest));
  }

  get(key: string): Manifest | undefined {
    return this.objects.get(key);
  }

  #descendants(uids: readonly string[]): Manifest[] {
    const children = [...this.objects.values()].filter((manifest) =>
      (manifest.metadata.ownerReferences ?? []).some((owner) => uids.includes(owner.uid)),
    );
    if (children.length === 0) return [];
    return [...children, ...this.#descendants(children.flatMap((child) => child.metadata.uid ?? []))];
  }

  #read(keys: ObjectKey[]): Map<string, Manifest> {
    const found = new Map<string, Manifest>();
    for (const key of keys) {
      const id = formatObjectKey(key);
      const manifest = this.objects.get(id);
      if (manifest) found.set(id, structuredClone(manifest));
    }
    return found;
  }

  #stored(manifest: Manifest): Manifest {
    const before = this.objects.get(formatObjectKey(objectKeyOf(manifest)));
    const { data: _old, spec: oldSpec, ...rest } = before ?? manifest;
    const spec = merged(oldSpec, manifest['spec']);
    return {
      ...rest,
      ...structuredClone(manifest),
      ...(spec === undefined ? {} : { spec }),
      metadata: {
        ...before?.metadata,
        ...manifest.metadata,
        uid: before?.metadata.uid ?? manifest.metadata.uid ?? randomUUID(),
      },
    };
  }

  /** A manager that owns nothing but finalizers; the last one to go lets a deletion through. */
  #hold(id: string, before: Manifest, finalizers: string[]): Manifest {
    const held = { ...before, metadata: { ...before.metadata, finalizers } };
    if (finalizers.length === 0 && before.metadata.deletionTimestamp !== undefined) this.objects.delete(id);
    else this.objects.set(id, held);
    return held;
  }

  #client(): ClusterClient {
    const refuse = () => Promise.reject(new ClusterError('server', 'the fake does not do this'));
    return {
      version: async () => 'v1.36.3',
      discover: async () => [],
      openApi: async () => null,
      get: async (ref) => this.#read([keyOf(ref)]).get(formatObjectKey(keyOf(ref))) ?? null,
      list: refuse,
      watch: () => {
        throw new ClusterError('server', 'the fake does not do this');
      },
      apply: async (ref, manifest, options) => {
        const id = formatObjectKey(keyOf(ref));
        const failure = this.failure(options.dryRun ? 'dry-run' : 'apply', id);
        if (failure) throw failure;
        const conflicts = options.force ? undefined : this.contested.get(id);
        if (conflicts) throw new ClusterError('conflict', `conflicts with ${conflicts[0]?.manager}`, { conflicts });
        const before = this.objects.get(id);
        if (manifest.metadata.uid !== undefined && before?.metadata.uid !== manifest.metadata.uid)
          throw new ClusterError('conflict', `Precondition failed: UID of ${id}`);
        const isHolder = options.fieldManager.endsWith('-hook');
        if (isHolder && before) return structuredClone(this.#hold(id, before, manifest.metadata.finalizers ?? []));
        const stored = this.#stored(this.admit(manifest));
        if (options.dryRun) this.calls.dryRun += 1;
        else {
          this.calls.apply += 1;
          this.objects.set(id, stored);
          this.onApplied(stored);
        }
        return structuredClone(stored);
      },
      replace: async (ref, manifest, options) => {
        const id = formatObjectKey(keyOf(ref));
        const failure = this.failure(options.dryRun ? 'dry-run' : 'apply', id);
        if (failure) throw failure;
        const before = this.objects.get(id);
        const stored = {
          ...structuredClone(manifest),
          metadata: { ...manifest.metadata, uid: before?.metadata.uid ?? randomUUID() },
        };
        if (options.dryRun) this.calls.dryRun += 1;
        else {
          this.calls.replace += 1;
          this.objects.set(id, stored);
          this.onApplied(stored);
        }
        return structuredClone(stored);
      },
      remove: async (ref, options) => {
        const id = formatObjectKey(keyOf(ref));
        const failure = this.failure('remove', id);
        if (failure) throw failure;
        this.calls.remove += 1;
        this.propagations.push(options.propagation ?? 'background');
        const before = this.objects.get(id);
        if (before?.metadata.finalizers?.length) before.metadata.deletionTimestamp = '2026-11-24T12:00:00Z';
        else this.objects.delete(id);
      },
      close: async () => undefined,
    };
  }
}

function merged(before: unknown, after: unknown): unknown {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null)
    return after ?? before;
  return { ...before, ...after };
}

function keyOf(ref: ObjectRef): ObjectKey {
  return { group: ref.kind.group, kind: ref.kind.kind, namespace: ref.namespace, name: ref.name };
}

function kindOf(group: string, kind: string): ApiKind {
  const namespaced = !CLUSTER_SCOPED.has(kind);
  return { group, version: 'v1', kind, plural: `${kind.toLowerCase()}s`, namespaced, verbs: ['get'], subresources: [] };
}
