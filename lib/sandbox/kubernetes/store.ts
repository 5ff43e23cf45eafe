import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { nameOf, namespaceOf, versionOf, withMetadata } from './objects.ts';
import { expired } from './status.ts';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One change. `storage` is `group/plural`; `previous` is the object before it. */
export interface StoreEvent {
  revision: number;
  type: EventType;
  storage: string;
  object: JsonObject;
  previous: JsonObject | undefined;
}

type Listener = (event: StoreEvent) => void;
type Table = Map<string, JsonObject>;

const HISTORY = 2000;

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** What one cluster stores: objects by resource, one revision counter, and a bounded history for watches and pages. */
export class ObjectStore {
  #revision = 1;
  #compacted = 0;
  #history: StoreEvent[] = [];
  readonly #tables = new Map<string, Table>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #anyListeners = new Set<Listener>();

  get revision(): number {
    return this.#revision;
  }

  /** Revisions up to this one are forgotten. */
  get compacted(): number {
    return this.#compacted;
  }

  #table(storage: string): Table {
    let table = this.#tables.get(storage);
    if (!table) this.#tables.set(storage, (table = new Map<string, JsonObject>()));
    return table;
  }

  get(storage: string, namespace: string, name: string): JsonObject | undefined {
    return this.#tables.get(storage)?.get(keyOf(namespace, name));
  }

  /** Objects of one namespace ('' = all), in the order of their keys. */
  list(storage: string, namespace = ''): JsonObject[] {
    return sorted(this.#tables.get(storage) ?? new Map<string, JsonObject>(), namespace);
  }

  /** Objects in no particular order, without a copy. */
  values(storage: string): Iterable<JsonObject> {
    return this.#tables.get(storage)?.values() ?? [];
  }

  count(storage: string): number {
    return this.#tables.get(storage)?.size ?? 0;
  }

  storages(): string[] {
    return [...this.#tables.keys()];
  }

  /** The list as it was at a revision. Throws 410 when the history no longer reaches back. */
  listAt(storage: string, namespace: string, revision: number): JsonObject[] {
    if (revision >= this.#revision) return this.list(storage, namespace);
    if (revision < this.#compacted)
      throw expired('The provided continue parameter is too old to display a consistent list result.');
    const table = new Map(this.#table(storage));
    for (let index = this.#history.length - 1; index >= 0; index -= 1) {
      const event = this.#history[index];
      if (!event || event.revision <= revision) break;
      if (event.storage !== storage) continue;
      const key = keyOf(namespaceOf(event.object), nameOf(event.object));
      if (event.previous) table.set(key, event.previous);
      else table.delete(key);
    }
    return sorted(table, namespace);
  }

  /** Stores an object under a new revision and tells the watchers. Answers it with its resourceVersion. */
  put(storage: string, object: JsonObject): JsonObject {
    const key = keyOf(namespaceOf(object), nameOf(object));
    const table = this.#table(storage);
    const previous = table.get(key);
    this.#revision += 1;
    const stored = withMetadata(object, { resourceVersion: String(this.#revision) });
    table.set(key, stored);
    this.#emit({ revision: this.#revision, type: previous ? 'MODIFIED' : 'ADDED', storage, object: stored, previous });
    return stored;
  }

  /** Removes an object; watchers see it with the revision of its removal. */
  remove(storage: string, object: JsonObject): JsonObject {
    const key = keyOf(namespaceOf(object), nameOf(object));
    const previous = this.#table(storage).get(key);
    if (!previous) return object;
    this.#table(storage).delete(key);
    this.#revision += 1;
    const last = withMetadata(object, { resourceVersion: String(this.#revision) });
    this.#emit({ revision: this.#revision, type: 'DELETED', storage, object: last, previous });
    return last;
  }

  #emit(event: StoreEvent): void {
    this.#history.push(event);
    if (this.#history.length > HISTORY * 2) this.#forget(HISTORY);
    for (const listener of this.#listeners.get(event.storage) ?? []) listener(event);
    for (const listener of this.#anyListeners) listener(event);
  }

  #forget(keep: number): void {
    const dropped = this.#history.splice(0, Math.max(0, this.#history.length - keep));
    this.#compacted = dropped.at(-1)?.revision ?? this.#compacted;
  }

  /** Forgets the whole history: older watches and continue tokens answer 410. */
  compact(): void {
    this.#history = [];
    this.#compacted = this.#revision;
  }

  /** Advances the revision without a change, so that it is not the one a compaction forgot. */
  tick(): void {
    this.#revision += 1;
  }

  /** Changes of one resource after a revision. Throws 410 when the history no longer reaches back. */
  since(storage: string, revision: number): StoreEvent[] {
    if (revision < this.#compacted) throw expired(`too old resource version: ${revision} (${this.#compacted})`);
    return this.#history.filter((event) => event.revision > revision && event.storage === storage);
  }

  /** Calls back on every change of one resource (undefined = of all); answers how to stop. */
  listen(storage: string | undefined, listener: Listener): () => void {
    if (storage === undefined) {
      this.#anyListeners.add(listener);
      return () => this.#anyListeners.delete(listener);
    }
    const listeners = this.#listeners.get(storage) ?? new Set<Listener>();
    this.#listeners.set(storage, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Everything stored, for a snapshot. */
  dump(): { revision: number; objects: Record<string, JsonObject[]> } {
    const objects: Record<string, JsonObject[]> = {};
    for (const [storage, table] of this.#tables) if (table.size > 0) objects[storage] = [...table.values()];
    return { revision: this.#revision, objects };
  }

  /** Takes a dump over; its history is gone, so older watches answer 410. */
  restore(dump: { revision: number; objects: Record<string, JsonObject[]> }): void {
    this.#tables.clear();
    let highest = dump.revision;
    for (const [storage, objects] of Object.entries(dump.objects)) {
      const table = this.#table(storage);
      for (const object of objects) {
        table.set(keyOf(namespaceOf(object), nameOf(object)), object);
        highest = Math.max(highest, Number(versionOf(object)) || 0);
      }
    }
    this.#revision = highest;
    this.compact();
  }
}

function sorted(table: Table, namespace: string): JsonObject[] {
  const prefix = namespace === '' ? '' : `${namespace}/`;
  const keys = [...table.keys()].filter((key) => key.startsWith(prefix)).sort();
  const result: JsonObject[] = [];
  for (const key of keys) {
    const object = table.get(key);
    if (object) result.push(object);
  }
  return result;
}
