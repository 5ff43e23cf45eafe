import pg from 'pg';
import type { Reader } from './reader.ts';

/** Channel of Postgres notifications that carry changed keys. */
const CHANNEL = 'quarterdeck_changes';
/** Channel that tells workers which kinds of jobs became due. */
const JOB_CHANNEL = 'quarterdeck_jobs';
/** Postgres refuses payloads of 8,000 bytes and more. */
const PAYLOAD_LIMIT = 7_500;

/** What changed, never how: `application:<id>`, `cluster:<id>`, `operation:<id>`, `drift`, `audit`… */
export type ChangeKey =
  | `application:${string}`
  | `cluster:${string}`
  | `repository:${string}`
  | `project:${string}`
  | `operation:${string}`
  | `plan:${string}`
  | `inquiry:${string}`
  | `lease:${string}`
  | 'drift'
  | 'health-rules'
  | 'audit'
  | 'people';

/** Sends keys with the transaction's commit; nothing is sent when it rolls back. */
export async function notifyChanges(tx: Reader, keys: Iterable<ChangeKey>): Promise<void> {
  let batch: string[] = [];
  let size = 2;
  const flush = async () => {
    if (batch.length > 0) await tx.$queryRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(batch)})::text`;
    batch = [];
    size = 2;
  };
  for (const key of new Set(keys)) {
    if (size + key.length + 3 > PAYLOAD_LIMIT) await flush();
    batch.push(key);
    size += key.length + 3;
  }
  await flush();
}

/** Wakes the workers with the transaction's commit. */
export async function notifyJobs(tx: Reader, kinds: string[]): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify(${JOB_CHANNEL}, ${JSON.stringify(kinds)})::text`;
}

export interface ChangeListener {
  close(): Promise<void>;
}

/**
 * Listens on one connection of its own and reconnects by itself. `onReset` is called after every (re)connection:
 * notifications may have been missed, so whoever listens must read again.
 */
export function listenForChanges(
  url: string,
  handlers: Listening & { onKeys(keys: ChangeKey[]): void },
): ChangeListener {
  return listen(url, CHANNEL, { ...handlers, onTexts: (texts) => handlers.onKeys(texts.filter(isChangeKey)) });
}

/** As {@link listenForChanges}, for kinds of jobs that became due. */
export function listenForJobs(url: string, handlers: Listening & { onKinds(kinds: string[]): void }): ChangeListener {
  return listen(url, JOB_CHANNEL, { ...handlers, onTexts: (texts) => handlers.onKinds(texts) });
}

interface Listening {
  onReset(): void;
  onDown?(error: Error): void;
}

function listen(
  url: string,
  channel: string,
  handlers: Listening & { onTexts(texts: string[]): void },
): ChangeListener {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let attempt = 0;

  const retry = (error: Error) => {
    if (closed || timer !== undefined) return;
    handlers.onDown?.(error);
    const wait = Math.min(5_000, 100 * 2 ** attempt++);
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, wait);
  };

  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'quarterdeck-listen', keepAlive: true });
    client = next;
    next.on('error', retry);
    next.on('end', () => retry(new Error('the database closed the connection')));
    next.on('notification', (message) => handlers.onTexts(parseTexts(message.payload)));
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
      attempt = 0;
      handlers.onReset();
    } catch (error) {
      void next.end().catch(() => undefined);
      retry(error instanceof Error ? error : new Error(String(error)));
    }
  };

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Only {@link notifyChanges} sends on the channel. */
function isChangeKey(text: string): text is ChangeKey {
  return text !== '';
}

function parseTexts(payload: string | undefined): string[] {
  try {
    const parsed: unknown = JSON.parse(payload ?? '[]');
    return Array.isArray(parsed) ? parsed.filter((text) => typeof text === 'string') : [];
  } catch {
    return [];
  }
}
