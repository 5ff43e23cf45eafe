import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { isNews, UNDER_WAY } from './news.ts';

/** What the server answered while it rendered a page. It says nothing about when: two clocks cannot be compared. */
export type Snapshot = readonly { key: QueryKey; data: unknown }[];

const taken = new WeakMap<QueryClient, WeakSet<Snapshot>>();

/**
 * Puts a page's data where nothing is yet, so that it shows at once; may run while the page renders. Answers what has to
 * wait for {@link settleSnapshot}.
 */
export function takeSnapshot(queries: QueryClient, snapshot: Snapshot): Snapshot {
  const known = taken.get(queries) ?? new WeakSet();
  taken.set(queries, known);
  // Back and forward show a page again with the data it came with: it was news once.
  if (known.has(snapshot)) return [];
  known.add(snapshot);
  const waiting = snapshot.filter(({ key }) => queries.getQueryState(key) !== undefined);
  for (const { key, data } of snapshot) if (queries.getQueryState(key) === undefined) queries.setQueryData(key, data);
  return waiting;
}

/**
 * The rest, once the page is there. What the browser learnt while the page was under way is newer and stays; it and
 * whatever the stream spoke of meanwhile is asked again.
 */
export function settleSnapshot(
  queries: QueryClient,
  { snapshot, waiting }: { snapshot: Snapshot; waiting: Snapshot },
  now = Date.now(),
): void {
  const doubtful = new Set<QueryKey>();
  for (const { key, data } of waiting) {
    const state = queries.getQueryState(key);
    if (state?.data === undefined || now - state.dataUpdatedAt > UNDER_WAY) queries.setQueryData(key, data);
    else doubtful.add(key);
  }
  for (const { key } of snapshot) if (isNews(queries, key, now)) doubtful.add(key);
  for (const queryKey of doubtful) void queries.invalidateQueries({ queryKey, exact: true });
}
