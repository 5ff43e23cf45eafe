import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EVERYTHING, noteNews, UNDER_WAY } from './news.ts';
import { settleSnapshot, type Snapshot, takeSnapshot } from './snapshot.ts';

const KEY = ['getApplication', { id: 'a' }, {}];
const OTHER = ['getApplication', { id: 'b' }, {}];
const NOW = 1_000_000;

const clients: QueryClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.clear();
});

function browser(): QueryClient {
  const queries = new QueryClient();
  clients.push(queries);
  return queries;
}

/** What a page brings, from the render to after it. */
function arrive(queries: QueryClient, snapshot: Snapshot, now = NOW): void {
  settleSnapshot(queries, { snapshot, waiting: takeSnapshot(queries, snapshot) }, now);
}

const isOld = (queries: QueryClient, key = KEY) => queries.getQueryState(key)?.isInvalidated === true;

describe('data that comes with a page', () => {
  it('shows at once where there was none', () => {
    const queries = browser();
    expect(takeSnapshot(queries, [{ key: KEY, data: 'page' }])).toEqual([]);
    expect(queries.getQueryData(KEY)).toBe('page');
    settleSnapshot(queries, { snapshot: [{ key: KEY, data: 'page' }], waiting: [] }, NOW);
    expect(isOld(queries)).toBe(false);
  });

  it.each([
    ['a live event while the page was under way', NOW - 50],
    ['an answer just after it, by a clock behind the server’s', NOW - UNDER_WAY],
  ])('never replaces %s; the question is asked again', (_, updatedAt) => {
    const queries = browser();
    queries.setQueryData(KEY, 'live', { updatedAt });
    arrive(queries, [{ key: KEY, data: 'page' }]);
    expect(queries.getQueryData(KEY)).toBe('live');
    expect(isOld(queries)).toBe(true);
  });

  it('replaces what is older than any page is under way', () => {
    const queries = browser();
    queries.setQueryData(KEY, 'long ago', { updatedAt: NOW - UNDER_WAY - 1 });
    arrive(queries, [{ key: KEY, data: 'page' }]);
    expect(queries.getQueryData(KEY)).toBe('page');
    expect(isOld(queries)).toBe(false);
  });

  it('fills a question that was asked and is not answered yet', () => {
    const queries = browser();
    const pending = new QueryObserver(queries, { queryKey: KEY, enabled: false });
    const stop = pending.subscribe(() => undefined);
    arrive(queries, [{ key: KEY, data: 'page' }]);
    expect(pending.getCurrentResult().data).toBe('page');
    stop();
  });

  it.each([
    ['of it', 'application:a', true],
    ['of everything', EVERYTHING, true],
    ['of another', 'application:b', false],
    ['of a list', 'audit:1', false],
  ])('is asked again when the stream spoke meanwhile %s', (_, key, expected) => {
    const queries = browser();
    noteNews(queries, [key], NOW - 1_000);
    arrive(queries, [{ key: KEY, data: 'page' }]);
    expect(isOld(queries)).toBe(expected);
  });

  it('forgets what the stream said before any page under way', () => {
    const queries = browser();
    noteNews(queries, ['application:a'], NOW - UNDER_WAY);
    noteNews(queries, ['application:b'], NOW);
    arrive(queries, [
      { key: KEY, data: 'page' },
      { key: OTHER, data: 'page' },
    ]);
    expect([isOld(queries), isOld(queries, OTHER)]).toEqual([false, true]);
  });

  it('comes once: going back shows what was learnt since, not the page as it was', () => {
    const queries = browser();
    const snapshot = [{ key: KEY, data: 'page' }];
    arrive(queries, snapshot);
    queries.setQueryData(KEY, 'learnt since', { updatedAt: NOW });
    arrive(queries, snapshot, NOW + 10 * UNDER_WAY);
    expect(queries.getQueryData(KEY)).toBe('learnt since');
    // Another cache, as after a failed first render, has not seen it.
    const other = browser();
    arrive(other, snapshot);
    expect(other.getQueryData(KEY)).toBe('page');
  });

  it('makes a view that watches ask again', async () => {
    const queries = browser();
    const ask = vi.fn(async () => 'newest');
    queries.setQueryData(KEY, 'live', { updatedAt: NOW });
    const watching = new QueryObserver(queries, { queryKey: KEY, queryFn: ask, staleTime: Number.POSITIVE_INFINITY });
    const stop = watching.subscribe(() => undefined);
    arrive(queries, [{ key: KEY, data: 'page' }]);
    await vi.waitFor(() => expect(watching.getCurrentResult().data).toBe('newest'));
    expect(ask).toHaveBeenCalledTimes(1);
    stop();
  });
});
