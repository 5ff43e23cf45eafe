import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  formatObjectKey,
  type Manifest,
  type ManagedFieldsEntry,
  objectKeyOf,
  parseApiVersion,
} from '#lib/domain/resource/manifest.ts';
import {
  type ApiKind,
  type ClusterClient,
  ClusterError,
  type ClusterPort,
  type ObjectRef,
  type WatchEvent,
} from '#lib/ports/cluster.ts';

const KINDS: ApiKind[] = [
  ['', 'v1', 'Namespace', false],
  ['', 'v1', 'ConfigMap', true],
  ['', 'v1', 'Secret', true],
  ['', 'v1', 'Service', true],
  ['', 'v1', 'Pod', true],
  ['', 'v1', 'Event', true],
  ['apps', 'v1', 'Deployment', true],
  ['apps', 'v1', 'ReplicaSet', true],
  ['batch', 'v1', 'Job', true],
].map(([group, version, kind, namespaced]) => ({
  group: String(group),
  version: String(version),
  kind: String(kind),
  plural: `${String(kind).toLowerCase()}s`,
  namespaced: namespaced === true,
  verbs: ['get', 'list', 'watch', 'patch', 'delete'],
  subresources: [],
}));

interface Logged {
  resourceVersion: number;
  event: WatchEvent & { type: 'added' | 'modified' | 'deleted' };
}

/** One cluster in memory with lists and watches, for tests of what follows a cluster: it can be down, slow or forgetful. */
export class FakeCluster implements ClusterPort {
  readonly calls = { list: 0, watch: 0, get: 0, dryRun: 0, version: 0 };
  /** Thrown by every call while set. */
  down: ClusterError | null = null;
  /** Milliseconds that every call takes longer. */
  delayMs = 0;
  readonly #objects = new Map<string, Manifest>();
  #log: Logged[] = [];
  #version = 100;
  #oldest = 0;
  readonly #waiters = new Set<() => void>();

  /** Stores an object as `manager` wrote it, all of its fields in one entry. Answers it as stored. */
  put(manifest: Manifest, managedFields?: ManagedFieldsEntry[]): Manifest {
    const key = formatObjectKey(objectKeyOf(manifest));
    const before = this.#objects.get(key);
    this.#version += 1;
    const stored: Manifest = {
      ...folded(structuredClone(manifest)),
      metadata: {
        ...structuredClone(manifest.metadata),
        uid: before?.metadata.uid ?? randomUUID(),
        creationTimestamp: before?.metadata.creationTimestamp ?? '2026-11-24T10:00:00Z',
        resourceVersion: String(this.#version),
        ...(managedFields ? { managedFields } : {}),
      },
    };
    this.#objects.set(key, stored);
    this.#emit({ type: before ? 'modified' : 'added', object: stored });
    return stored;
  }

  delete(key: string): void {
    const object = this.#objects.get(key);
    if (!object) return;
    this.#objects.delete(key);
    this.#version += 1;
    this.#emit({
      type: 'deleted',
      object: { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } },
    });
  }

  read(key: string): Manifest | undefined {
    return this.#objects.get(key);
  }

  /** Forgets its history, so that every watch gets a 410. */
  compact(): void {
    this.#log = [];
    this.#oldest = this.#version + 1;
    this.#version += 1;
    this.#wake();
  }

  connect(): ClusterClient {
    const answer = async <Result>(result: () => Result): Promise<Result> => {
      if (this.delayMs > 0) await sleep(this.delayMs);
      if (this.down) throw this.down;
      return structuredClone(result());
    };
    return {
      version: () => {
        this.calls.version += 1;
        return answer(() => 'v1.36.3');
      },
      discover: () => answer(() => KINDS),
      openApi: () => answer(() => null),
      get: (ref) => {
        this.calls.get += 1;
        return answer(() => this.#objects.get(keyOf(ref)) ?? null);
      },
      list: (kind, query) => {
        this.calls.list += 1;
        return answer(() => this.#list(kind, query));
      },
      watch: (kind, query, signal) => this.#watch(kind, Number(query.resourceVersion), signal),
      apply: (ref, manifest, options) =>
        answer(() => {
          const before = this.#objects.get(keyOf(ref)) ?? manifest;
          if (options.dryRun) this.calls.dryRun += 1;
          const merged: Manifest = { ...before, ...manifest, metadata: { ...before.metadata, ...manifest.metadata } };
          return options.dryRun ? merged : this.put(merged);
        }),
      replace: () => Promise.reject(new ClusterError('server', 'the fake does not do this')),
      remove: (ref) => answer(() => this.delete(keyOf(ref))),
      close: async () => undefined,
    };
  }

  async test() {
    return { checks: [], version: this.down ? undefined : 'v1.36.3' };
  }

  #list(kind: ApiKind, query: { namespace?: string; limit?: number; continueToken?: string }) {
    const all = [...this.#objects.values()].filter(
      (one) => isOf(one, kind) && (query.namespace === undefined || one.metadata.namespace === query.namespace),
    );
    const from = Number(query.continueToken ?? 0);
    const to = from + (query.limit ?? all.length);
    return {
      items: all.slice(from, to),
      resourceVersion: String(this.#version),
      continueToken: to < all.length ? String(to) : undefined,
    };
  }

  async *#watch(kind: ApiKind, since: number, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    this.calls.watch += 1;
    let seen = since;
    while (!signal.aborted) {
      if (this.down) throw this.down;
      if (seen < this.#oldest) throw new ClusterError('gone', 'too old resource version', { status: 410 });
      const fresh = this.#log.filter((one) => one.resourceVersion > seen);
      for (const { resourceVersion, event } of fresh) {
        seen = resourceVersion;
        if (isOf(event.object, kind)) yield structuredClone(event);
      }
      if (fresh.length === 0) await this.#nextChange(signal);
    }
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiters.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiters.add(done);
      signal.addEventListener('abort', done);
    });
  }

  /** Ends every watch's wait; after setting `down` they fail. */
  interrupt(): void {
    this.#wake();
  }

  #emit(event: Logged['event']): void {
    this.#log.push({ resourceVersion: this.#version, event });
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiters) wake();
  }
}

function isOf(manifest: Manifest, kind: ApiKind): boolean {
  return manifest.kind === kind.kind && parseApiVersion(manifest.apiVersion).group === kind.group;
}

function keyOf({ kind, namespace, name }: ObjectRef): string {
  return formatObjectKey({ group: kind.group, kind: kind.kind, namespace, name });
}

/** As the API server does with Secrets. */
function folded(manifest: Manifest): Manifest {
  const { stringData, ...rest } = manifest;
  if (typeof stringData !== 'object' || stringData === null) return manifest;
  const data = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...rest, data: { ...(typeof rest['data'] === 'object' ? rest['data'] : {}), ...Object.fromEntries(data) } };
}
