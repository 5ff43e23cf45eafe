import type { Database } from '#lib/database/client.ts';
import { loadSetObjects, type SetObject } from '#lib/database/rendering.ts';

/** Masked objects kept in memory, over all sets; a set never changes, so it is read once. */
const MOST_OBJECTS = 20_000;

const caches = new WeakMap<Database, Map<string, SetObject[]>>();

/** Objects of a set by set id, in the order rendered; the least recently used sets are let go. */
export async function setObjects(database: Database, setId: string | null): Promise<SetObject[]> {
  if (setId === null) return [];
  const cache = caches.get(database) ?? new Map<string, SetObject[]>();
  caches.set(database, cache);
  const objects = cache.get(setId) ?? (await loadSetObjects(database.prisma, setId));
  cache.delete(setId);
  cache.set(setId, objects);
  let total = 0;
  for (const one of cache.values()) total += one.length;
  for (const [id, one] of cache) {
    if (total <= MOST_OBJECTS || id === setId) break;
    cache.delete(id);
    total -= one.length;
  }
  return objects;
}
