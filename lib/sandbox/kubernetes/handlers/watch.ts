import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { namespaceOf, versionOf, withMetadata } from '../objects.ts';
import type { Reply, ResourceRequest, StreamSink } from '../request.ts';
import { flag } from '../request.ts';
import { formOf, representEvent } from '../represent.ts';
import type { Matcher } from '../selectors.ts';
import { ApiError, expired, fieldError, invalid, toStatus } from '../status.ts';
import type { StoreEvent } from '../store.ts';
import { matcherOf, revisionOf } from './list.ts';

const BOOKMARK_EVERY_MS = 60_000;
const BOOKMARK_BEFORE_END_MS = 2000;
const DEFAULT_SECONDS = 1800;

interface Watching {
  request: ResourceRequest;
  matches: Matcher;
  sink: StreamSink;
  sent: number;
}

/** What a watcher with selectors sees of a change; undefined when nothing. */
function seenAs(event: StoreEvent, matches: Matcher): { type: string; object: JsonObject } | undefined {
  const now = event.type !== 'DELETED' && matches(event.object);
  const before = event.previous !== undefined && matches(event.previous);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  if (!before || !event.previous) return undefined;
  if (event.type === 'DELETED') return { type: 'DELETED', object: event.object };
  return { type: 'DELETED', object: withMetadata(event.previous, { resourceVersion: versionOf(event.object) }) };
}

function send(watching: Watching, type: string, object: JsonObject): void {
  const shown = representEvent(watching.request, object, watching.sent === 0);
  watching.sent += 1;
  watching.sink.write(`${JSON.stringify({ type, object: shown })}\n`);
}

function sendBookmark(watching: Watching, revision: number, initialEnd = false): void {
  const { resource } = watching.request;
  const metadata: JsonObject = {
    resourceVersion: String(revision),
    ...(initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  };
  const bare: JsonObject = { kind: resource.kind, apiVersion: resource.apiVersion, metadata };
  const partial = formOf(watching.request) === 'partial';
  watching.sink.write(
    `${JSON.stringify({ type: 'BOOKMARK', object: partial ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata } : bare })}\n`,
  );
}

function sendGone(watching: Watching, message: string): void {
  watching.sink.write(`${JSON.stringify({ type: 'ERROR', object: toStatus(expired(message)) })}\n`);
  watching.sink.end();
}

function checkOptions(request: ResourceRequest): boolean {
  const initial = request.query.get('sendInitialEvents');
  const match = request.query.get('resourceVersionMatch');
  const subject = { group: 'meta.k8s.io', plural: '', kind: 'ListOptions' };
  if (initial !== null && match !== 'NotOlderThan') {
    throw invalid(subject, '', [
      fieldError('FieldValueForbidden', 'resourceVersionMatch', {
        why: 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      }),
    ]);
  }
  if (initial === null && match !== null) {
    throw invalid(subject, '', [
      fieldError('FieldValueForbidden', 'resourceVersionMatch', {
        why: 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      }),
    ]);
  }
  return initial === 'true' || initial === '1';
}

/** Streams changes as JSON lines. */
export function watchObjects(request: ResourceRequest): Reply {
  const matches = matcherOf(request);
  const initial = checkOptions(request);
  const revision = revisionOf(request);
  formOf(request);
  return {
    kind: 'stream',
    type: 'application/json;stream=watch',
    start: (sink) => run({ request, matches, sink, sent: 0 }, { initial, revision }),
  };
}

function run(watching: Watching, from: { initial: boolean; revision: number | undefined }): void {
  const { request, matches } = watching;
  const { cluster, resource } = request;
  const inNamespace = (object: JsonObject): boolean =>
    request.namespace === '' || namespaceOf(object) === request.namespace;
  const deliver = (event: StoreEvent): void => {
    const seen = inNamespace(event.object) ? seenAs(event, matches) : undefined;
    if (seen) send(watching, seen.type, seen.object);
  };
  const relist = from.initial || from.revision === undefined || from.revision === 0;
  try {
    if (cluster.fault.kind === 'expire-watches' && !relist)
      throw expired('too old resource version: the history has expired');
    const listed = relist && request.query.get('sendInitialEvents') !== 'false';
    if (listed) {
      for (const object of cluster.store.list(resource.storage, request.namespace))
        if (matches(object)) send(watching, 'ADDED', object);
      if (from.initial && flag(request, 'allowWatchBookmarks')) sendBookmark(watching, cluster.store.revision, true);
    } else
      for (const event of cluster.store.since(resource.storage, from.revision ?? cluster.store.revision))
        deliver(event);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    sendGone(watching, error.message);
    return;
  }
  follow(watching, deliver);
}

function follow(watching: Watching, deliver: (event: StoreEvent) => void): void {
  const { request, sink } = watching;
  const { cluster, resource } = request;
  const stop = cluster.store.listen(resource.storage, deliver);
  const seconds = Number(request.query.get('timeoutSeconds') ?? 0) || DEFAULT_SECONDS;
  const bookmarks = flag(request, 'allowWatchBookmarks');
  const timers = [setTimeout(() => sink.end(), seconds * 1000)];
  if (bookmarks) {
    const mark = (): void => sendBookmark(watching, cluster.store.revision);
    timers.push(
      setTimeout(mark, Math.max(500, seconds * 1000 - BOOKMARK_BEFORE_END_MS)),
      setInterval(mark, BOOKMARK_EVERY_MS),
    );
  }
  const endNow = (reason: 'close' | 'expire'): void => {
    if (reason === 'expire') sendGone(watching, 'too old resource version: the history has expired');
    else sink.end();
  };
  cluster.openWatches.add(endNow);
  sink.onClose(() => {
    stop();
    for (const timer of timers) clearTimeout(timer);
    cluster.openWatches.delete(endNow);
  });
}
