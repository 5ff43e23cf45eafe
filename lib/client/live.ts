import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import type { Page } from '#lib/contracts/common.ts';
import type { StreamMessage } from '#lib/contracts/stream.ts';
import { concerns, EVERYTHING, noteNews } from './news.ts';

export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** No word from the server since `since` (epoch milliseconds): what is shown may be old. */
  | { kind: 'reconnecting'; since: number };

export interface LiveHandlers {
  onState(state: LiveState): void;
}

const RETRY_AFTER = 5_000;
/** How long changed keys gather before what they make old is asked again (milliseconds). */
const REFETCH_AFTER = 250;
const URGENT_AFTER = 50;

/** Puts new rows over those shown, wherever they are shown; order and totals follow with the refetch. */
export function upsertRows(queries: QueryClient, rows: readonly ApplicationRow[], removed: readonly string[]): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const gone = new Set(removed.map((key) => key.replace(/^application:/, '')));
  queries.setQueriesData<InfiniteData<Page<ApplicationRow>>>({ queryKey: ['listApplications'] }, (data) => {
    if (data === undefined || !('pages' in data)) return data;
    return {
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        items: page.items.filter((row) => !gone.has(row.id)).map((row) => byId.get(row.id) ?? row),
      })),
    };
  });
}

/** Gathers changed keys for a moment, then makes the questions about them old. */
function collectDirty(queries: QueryClient): { add(keys: readonly string[]): void; stop(): void } {
  const dirty = new Set<string>();
  let flush: ReturnType<typeof setTimeout> | undefined;
  const invalidate = () => {
    flush = undefined;
    const isOld = concerns(dirty);
    dirty.clear();
    void queries.invalidateQueries({ predicate: ({ queryKey }) => isOld(queryKey) });
  };
  return {
    add(keys) {
      for (const key of keys) dirty.add(key);
      const urgent = keys.some((key) => /^(operation|plan):/.test(key));
      flush ??= setTimeout(invalidate, urgent ? URGENT_AFTER : REFETCH_AFTER);
    },
    stop: () => clearTimeout(flush),
  };
}

/** Follows the server's stream until the returned function is called. */
export function followStream(queries: QueryClient, handlers: LiveHandlers): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let lostAt: number | undefined;
  let closed = false;
  const dirty = collectDirty(queries);

  const askAll = () => {
    noteNews(queries, [EVERYTHING]);
    void queries.invalidateQueries();
  };
  const receive = (message: StreamMessage) => {
    if (message.type === 'reset') {
      askAll();
      return;
    }
    const keys = [...message.keys, ...message.removed];
    noteNews(queries, keys);
    upsertRows(queries, message.rows, message.removed);
    dirty.add(keys);
  };

  const connect = () => {
    retry = undefined;
    if (closed) return;
    source = new EventSource('/api/v1/stream');
    source.addEventListener('open', () => {
      // Nobody told what changed before: while it was lost, or since the server painted the page.
      askAll();
      lostAt = undefined;
      handlers.onState({ kind: 'live' });
    });
    const read = (event: MessageEvent<string>) => {
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract of our own stream
        receive(JSON.parse(event.data) as StreamMessage);
      } catch {
        askAll();
      }
    };
    source.addEventListener('message', read);
    source.addEventListener('error', () => {
      lostAt ??= Date.now();
      handlers.onState({ kind: 'reconnecting', since: lostAt });
      // A browser gives up for good after a refusal; a broken connection it repairs by itself.
      if (source?.readyState === EventSource.CLOSED) retry ??= setTimeout(connect, RETRY_AFTER);
    });
  };

  handlers.onState({ kind: 'connecting' });
  connect();
  return () => {
    closed = true;
    source?.close();
    clearTimeout(retry);
    dirty.stop();
  };
}
