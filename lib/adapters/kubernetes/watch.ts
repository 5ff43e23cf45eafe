import { isObject } from '#lib/domain/resource/json.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { type ApiKind, ClusterError, type WatchEvent } from '#lib/ports/cluster.ts';
import { networkError, watchError } from './errors.ts';
import type { Settings } from './options.ts';
import { ACCEPT, describeKind, kindPath } from './requests.ts';
import type { Call, Transport } from './transport.ts';

export interface WatchQuery {
  namespace?: string;
  resourceVersion: string;
  metadataOnly?: boolean;
}

const NEWLINE = 0x0a;

/**
 * Lines of a byte stream, in whatever pieces they come. Throws ClusterError 'server' on a line longer than the cap;
 * ends early, as the server might, when the stream as a whole is past its own.
 */
export async function* splitLines(
  source: AsyncIterable<Buffer>,
  { what, maxLineBytes, maxStreamBytes }: { what: string; maxLineBytes: number; maxStreamBytes: number },
): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let pendingSize = 0;
  let total = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...pending, chunk.subarray(from, at)]).toString('utf8');
      pending = [];
      pendingSize = 0;
      from = at + 1;
      if (line !== '') yield line;
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from));
      pendingSize += chunk.length - from;
    }
    if (pendingSize > maxLineBytes)
      throw new ClusterError(
        'server',
        `Cannot ${what}: one event is larger than ${Math.round(maxLineBytes / 1024)} KiB`,
      );
    total += chunk.length;
    if (total > maxStreamBytes) return;
  }
}

/** An object of a list or watch as {@link Manifest}, its kind restored where the server leaves it out; null when it is none. */
export function asManifest(raw: unknown, kind: ApiKind): Manifest | null {
  if (!isObject(raw) || !isObject(raw['metadata'])) return null;
  const { name } = raw['metadata'];
  if (typeof name !== 'string') return null;
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  return { ...raw, apiVersion, kind: kind.kind, metadata: { ...raw['metadata'], name } };
}

const TYPES: Record<string, 'added' | 'modified' | 'deleted'> = {
  ADDED: 'added',
  MODIFIED: 'modified',
  DELETED: 'deleted',
};

function parseEvent(
  line: string,
  kind: ApiKind,
  { what, secrets }: { what: string; secrets: string[] },
): WatchEvent | null {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    throw new ClusterError('server', `Cannot ${what}: the stream holds something that is not JSON`);
  }
  const { type, object } = isObject(event) ? event : {};
  if (type === 'ERROR') throw watchError(what, object, secrets);
  if (type === 'BOOKMARK') {
    const metadata = isObject(object) ? object['metadata'] : undefined;
    const version = isObject(metadata) ? metadata['resourceVersion'] : undefined;
    return typeof version === 'string' ? { type: 'bookmark', resourceVersion: version } : null;
  }
  const known = typeof type === 'string' ? TYPES[type] : undefined;
  const manifest = asManifest(object, kind);
  return known === undefined || manifest === null ? null : { type: known, object: manifest };
}

function watchCall(
  kind: ApiKind,
  query: WatchQuery,
  { settings, what, seconds }: { settings: Settings; what: string; seconds: number },
): Call {
  return {
    what,
    method: 'GET',
    path: kindPath(kind, query.namespace),
    query: {
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: query.resourceVersion,
      timeoutSeconds: String(seconds),
    },
    accept: query.metadataOnly === true ? ACCEPT.watch : ACCEPT.json,
    repeatable: true,
    options: undefined,
    timeoutMs: settings.timeoutMs,
  };
}

/**
 * Events from `resourceVersion` on. Ends quietly when the signal aborts, when the server ends the watch, and when the
 * server did not end it in the time agreed. Errors: ClusterError, 'gone' when the version is too old.
 */
export async function* watchKind(
  transport: Transport,
  { kind, query }: { kind: ApiKind; query: WatchQuery },
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const { settings } = transport;
  const what = `watch ${describeKind(kind, query.namespace)}`;
  // Watches opened together must not end together.
  const seconds = Math.max(1, Math.round(settings.watchSeconds * (0.75 + Math.random() / 4)));
  const overdue = new AbortController();
  const timer = setTimeout(() => overdue.abort(), seconds * 1_000 + settings.watchGraceMs);
  const either = AbortSignal.any([signal, overdue.signal]);
  try {
    if (either.aborted) return;
    const body = await transport.stream(watchCall(kind, query, { settings, what, seconds }), either);
    const secrets = transport.secrets({});
    for await (const line of splitLines(body, { what, ...settings })) {
      const event = parseEvent(line, kind, { what, secrets });
      if (event !== null) yield event;
      if (either.aborted) return;
    }
  } catch (error) {
    if (either.aborted) return;
    throw networkError(error, { what, host: transport.host });
  } finally {
    clearTimeout(timer);
    overdue.abort();
  }
}
