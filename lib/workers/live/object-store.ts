import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { trackedApplication } from '#lib/domain/resource/tracking.ts';
import { slimChild } from './slim.ts';

interface Entry {
  kindName: string;
  uid: string;
  resourceVersion: string;
  owners: string[];
  tracked: string | null;
  /** Whole where an application declares or tracks it, slim where something owns it, absent else. */
  manifest: Manifest | null;
  whole: boolean;
}

/** What one cluster's watches have seen: whole objects that applications declare, slim ones they own, names of the rest. */
export class ObjectStore {
  readonly #entries = new Map<string, Entry>();
  readonly #byUid = new Map<string, string>();
  readonly #children = new Map<string, Set<string>>();
  readonly #tracked = new Map<string, Set<string>>();
  /** Applications by declared key. */
  readonly #managers = new Map<string, Set<string>>();
  readonly #keysOf = new Map<string, Set<string>>();

  get size(): number {
    return this.#entries.size;
  }

  /** Declares the keys of an application; the ones it had before and not now are let go. */
  manage(applicationId: string, keys: ReadonlySet<string>): void {
    const before = this.#keysOf.get(applicationId) ?? new Set<string>();
    for (const key of before) if (!keys.has(key)) drop(this.#managers, key, applicationId);
    for (const key of keys) if (!before.has(key)) add(this.#managers, key, applicationId);
    if (keys.size === 0) this.#keysOf.delete(applicationId);
    else this.#keysOf.set(applicationId, new Set(keys));
  }

  applications(): string[] {
    return [...this.#keysOf.keys()];
  }

  /** Stores an object as seen; answers the applications it concerns. An older version than the stored one is left out. */
  put(kindName: string, manifest: Manifest): Set<string> {
    const key = formatObjectKey(objectKeyOf(manifest));
    const before = this.#entries.get(key);
    const { uid = '', resourceVersion = '', ownerReferences = [] } = manifest.metadata;
    if (
      before?.uid === uid &&
      before.resourceVersion === resourceVersion &&
      (before.whole || !this.#isWhole(key, manifest))
    )
      return new Set();
    const concerned = before ? this.#concerned(key, before) : new Set<string>();
    if (before) this.#unlink(key, before);
    const whole = this.#isWhole(key, manifest);
    const owners = ownerReferences.map((owner) => owner.uid);
    const entry: Entry = {
      kindName,
      uid,
      resourceVersion,
      owners,
      tracked: trackedApplication(manifest),
      manifest: whole ? manifest : owners.length > 0 ? slimChild(manifest) : null,
      whole,
    };
    this.#entries.set(key, entry);
    this.#byUid.set(uid, key);
    for (const owner of owners) add(this.#children, owner, key);
    if (entry.tracked !== null) add(this.#tracked, entry.tracked, key);
    for (const id of this.#concerned(key, entry)) concerned.add(id);
    return concerned;
  }

  remove(manifest: Manifest): Set<string> {
    return this.#removeKey(formatObjectKey(objectKeyOf(manifest)));
  }

  /** Replaces all of a kind by what a list answered; answers the applications that a difference concerns. */
  replace(kindName: string, manifests: readonly Manifest[]): Set<string> {
    const concerned = new Set<string>();
    const present = new Set(manifests.map((manifest) => formatObjectKey(objectKeyOf(manifest))));
    for (const [key, entry] of this.#entries)
      if (entry.kindName === kindName && !present.has(key)) for (const id of this.#removeKey(key)) concerned.add(id);
    for (const manifest of manifests) for (const id of this.put(kindName, manifest)) concerned.add(id);
    return concerned;
  }

  /** `absent`: not there. `unknown`: there, but only by name; ask the cluster. */
  get(key: string): Manifest | 'absent' | 'unknown' {
    const entry = this.#entries.get(key);
    if (!entry) return 'absent';
    return entry.whole && entry.manifest ? entry.manifest : 'unknown';
  }

  tracked(applicationId: string): Manifest[] {
    return [...(this.#tracked.get(applicationId) ?? [])].flatMap((key) => this.#entries.get(key)?.manifest ?? []);
  }

  /** Everything below these uids, nearest first. */
  descendants(uids: readonly string[]): Manifest[] {
    const found: Manifest[] = [];
    const seen = new Set<string>(uids);
    const queue = [...uids];
    for (let uid = queue.shift(); uid !== undefined; uid = queue.shift()) {
      for (const key of this.#children.get(uid) ?? []) {
        const child = this.#entries.get(key);
        if (!child?.manifest || seen.has(child.uid)) continue;
        seen.add(child.uid);
        found.push(child.manifest);
        queue.push(child.uid);
      }
    }
    return found;
  }

  #isWhole(key: string, manifest: Manifest): boolean {
    return this.#managers.has(key) || trackedApplication(manifest) !== null;
  }

  #removeKey(key: string): Set<string> {
    const entry = this.#entries.get(key);
    if (!entry) return new Set();
    const concerned = this.#concerned(key, entry);
    this.#unlink(key, entry);
    this.#entries.delete(key);
    return concerned;
  }

  #unlink(key: string, entry: Entry): void {
    if (this.#byUid.get(entry.uid) === key) this.#byUid.delete(entry.uid);
    for (const owner of entry.owners) drop(this.#children, owner, key);
    if (entry.tracked !== null) drop(this.#tracked, entry.tracked, key);
  }

  /** Applications that declare or track the object or one of its owners. */
  #concerned(key: string, entry: Entry): Set<string> {
    const found = new Set<string>();
    const seen = new Set<string>();
    const queue: [string, Entry][] = [[key, entry]];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [name, one] = next;
      for (const id of this.#managers.get(name) ?? []) found.add(id);
      if (one.tracked !== null) found.add(one.tracked);
      for (const uid of one.owners) {
        const ownerKey = this.#byUid.get(uid);
        const owner = ownerKey === undefined ? undefined : this.#entries.get(ownerKey);
        if (ownerKey === undefined || !owner || seen.has(uid)) continue;
        seen.add(uid);
        queue.push([ownerKey, owner]);
      }
    }
    return found;
  }
}

function add(index: Map<string, Set<string>>, name: string, value: string): void {
  const set = index.get(name);
  if (set) set.add(value);
  else index.set(name, new Set([value]));
}

function drop(index: Map<string, Set<string>>, name: string, value: string): void {
  const set = index.get(name);
  set?.delete(value);
  if (set?.size === 0) index.delete(name);
}
