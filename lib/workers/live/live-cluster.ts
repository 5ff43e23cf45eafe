import { formatObjectKey, type Manifest, objectKeyOf, type ObjectKey } from '#lib/domain/resource/manifest.ts';
import { trackedApplication } from '#lib/domain/resource/tracking.ts';
import { type ApiKind, type ClusterClient, ClusterError, type ObjectRef } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import { mapLimit } from '#lib/services/shared/map-limit.ts';
import { Breaker } from './breaker.ts';
import { guardClient } from './guard-client.ts';
import { ObjectStore } from './object-store.ts';
import { ClusterSchemas } from './schemas.ts';

/** As many objects of one kind and namespace as this are listed instead of asked for one by one. */
const LIST_FROM = 6;
const PAGE = 500;
const CONCURRENCY = 12;
/** Discovery is not repeated more often than this for kinds the cluster does not serve. */
const DISCOVERY_MS = 10_000;

export interface LiveClusterOptions {
  id: string;
  name: string;
  access: 'read-only' | 'full';
  client: ClusterClient;
  now: () => number;
}

/** Whether a kind's cache can be believed, and what to do when a kind not yet watched is declared. */
export interface WatchState {
  isSynced(kindName: string): boolean;
  want(group: string, kind: string): void;
}

const NOT_WATCHED: WatchState = { isSynced: () => false, want: () => undefined };
export const kindNameOf = ({ group, kind }: { group: string; kind: string }) => `${group}/${kind}`;

/** One cluster as this process knows it: a guarded client, discovery, schemas and, while watched, what the watches saw. */
export class WatchedCluster implements LiveCluster {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly access: 'read-only' | 'full';
  readonly client: ClusterClient;
  readonly breaker: Breaker;
  readonly schemas: ClusterSchemas;
  readonly store = new ObjectStore();
  lease?: { key: string; fence: bigint };
  watching: WatchState = NOT_WATCHED;
  version = '';
  readonly #raw: ClusterClient;
  readonly #now: () => number;
  #kinds: Promise<Map<string, ApiKind>> | undefined;
  #discoveredAt = 0;

  constructor(options: LiveClusterOptions) {
    this.clusterId = options.id;
    this.clusterName = options.name;
    this.access = options.access;
    this.#now = options.now;
    this.breaker = new Breaker(options.name, options.now);
    this.#raw = options.client;
    this.client = guardClient(options.client, this.breaker);
    this.schemas = new ClusterSchemas(this.client);
  }

  async kind(group: string, kind: string): Promise<ApiKind | null> {
    const name = kindNameOf({ group, kind });
    let found = (await this.#discover(false)).get(name);
    if (!found && this.#now() - this.#discoveredAt > DISCOVERY_MS) found = (await this.#discover(true)).get(name);
    if (!found) return null;
    await this.schemas.load(found.group, found.version, await this.#version());
    return found;
  }

  manage(applicationId: string, keys: ObjectKey[]): void {
    this.store.manage(applicationId, new Set(keys.map(formatObjectKey)));
    for (const key of keys) this.watching.want(key.group, key.kind);
  }

  async read(
    keys: ObjectKey[],
    { fresh = false, signal }: { fresh?: boolean; signal?: AbortSignal } = {},
  ): Promise<Map<string, Manifest>> {
    const found = new Map<string, Manifest>();
    const asked = new Map<string, ObjectKey[]>();
    for (const key of keys) {
      const cached =
        !fresh && this.watching.isSynced(kindNameOf(key)) ? this.store.get(formatObjectKey(key)) : 'unknown';
      if (cached === 'absent') continue;
      if (cached !== 'unknown') found.set(formatObjectKey(key), cached);
      else {
        const batch = `${kindNameOf(key)} ${key.namespace}`;
        asked.set(batch, [...(asked.get(batch) ?? []), key]);
      }
    }
    const answers = await mapLimit([...asked.values()], CONCURRENCY, (batch) => this.#ask(batch, signal));
    for (const manifest of answers.flat()) found.set(formatObjectKey(objectKeyOf(manifest)), manifest);
    return found;
  }

  async tracked(
    applicationId: string,
    kinds: ApiKind[],
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Manifest[]> {
    const missing = kinds.filter((kind) => !this.watching.isSynced(kindNameOf(kind)));
    const lists = await mapLimit(missing, CONCURRENCY, (kind) => this.#listAll(kind, { signal }));
    const listed = lists.flat().filter((manifest) => trackedApplication(manifest) === applicationId);
    const names = new Set(missing.map(kindNameOf));
    const cached = this.store
      .tracked(applicationId)
      .filter((manifest) => !names.has(kindNameOf(objectKeyOf(manifest))));
    return [...cached, ...listed];
  }

  descendants(uids: string[]): Manifest[] {
    return this.store.descendants(uids);
  }

  /** Asks the cluster for its version, whatever the breaker says; an answer closes it. */
  async probe(timeoutMs: number, signal: AbortSignal): Promise<string> {
    try {
      this.version = await this.#raw.version({ timeoutMs, signal });
      this.breaker.succeed();
      return this.version;
    } catch (error) {
      this.breaker.fail(error);
      throw error;
    }
  }

  /** Forgets what is served, so that the next question asks again. */
  forgetKinds(): void {
    this.#kinds = undefined;
  }

  async #ask(batch: ObjectKey[], signal: AbortSignal | undefined): Promise<Manifest[]> {
    const [first] = batch;
    const kind = first ? await this.kind(first.group, first.kind) : null;
    if (!first || !kind) return [];
    if (batch.length >= LIST_FROM) {
      const wanted = new Set(batch.map((key) => key.name));
      const all = await this.#listAll(kind, { namespace: first.namespace, signal });
      return all.filter(
        (manifest) => wanted.has(manifest.metadata.name) && (manifest.metadata.namespace ?? '') === first.namespace,
      );
    }
    const got = await mapLimit(batch, CONCURRENCY, ({ namespace, name }) =>
      this.#get({ kind, namespace, name }, signal),
    );
    return got.flatMap((manifest) => manifest ?? []);
  }

  async #get(ref: ObjectRef, signal: AbortSignal | undefined): Promise<Manifest | null> {
    const manifest = await this.client.get(ref, signal ? { signal } : {});
    return manifest ? typed(manifest, ref.kind) : null;
  }

  async #listAll(
    kind: ApiKind,
    { namespace = '', signal }: { namespace?: string; signal?: AbortSignal | undefined },
  ): Promise<Manifest[]> {
    const items: Manifest[] = [];
    let continueToken: string | undefined;
    do {
      const query = {
        limit: PAGE,
        ...(namespace === '' ? {} : { namespace }),
        ...(continueToken ? { continueToken } : {}),
      };
      const page = await this.client.list(kind, query, signal ? { signal } : {});
      for (const item of page.items) items.push(typed(item, kind));
      continueToken = page.continueToken;
    } while (continueToken);
    return items;
  }

  async #discover(again: boolean): Promise<Map<string, ApiKind>> {
    if (again || !this.#kinds) {
      this.#discoveredAt = this.#now();
      this.#kinds = this.client.discover().then(preferred);
      this.#kinds.catch(() => {
        this.#kinds = undefined;
      });
    }
    return this.#kinds;
  }

  async #version(): Promise<string> {
    if (this.version === '') this.version = await this.client.version();
    return this.version;
  }
}

/** The first served version of each kind, which is the preferred one. */
function preferred(kinds: ApiKind[]): Map<string, ApiKind> {
  const byName = new Map<string, ApiKind>();
  for (const kind of kinds) if (!byName.has(kindNameOf(kind))) byName.set(kindNameOf(kind), kind);
  return byName;
}

/** Items of a list may come without their type. */
export function typed(manifest: Manifest, { group, version, kind }: ApiKind): Manifest {
  if (manifest.apiVersion && manifest.kind) return manifest;
  return { ...manifest, apiVersion: group === '' ? version : `${group}/${version}`, kind };
}

/** Any failure of a cluster as the one error its callers expect. */
export function asClusterError(error: unknown): ClusterError {
  return error instanceof ClusterError
    ? error
    : new ClusterError('server', error instanceof Error ? error.message : String(error));
}
