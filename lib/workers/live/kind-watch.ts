import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { outcomeOf } from '#lib/observability/metrics.ts';
import { type ApiKind, type ClusterClient, ClusterError } from '#lib/ports/cluster.ts';
import type { Nap } from './nap.ts';

const PAGE = 500;
const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 30_000;
/** A kind we may not list is tried again this often: rights change. */
const FORBIDDEN_MS = 120_000;

export interface KindSink {
  /** All objects of the kind, after a list. */
  onList(manifests: Manifest[]): void;
  onChange(type: 'put' | 'remove', manifest: Manifest): void;
  /** The cluster answered something. */
  onContact(): void;
  /** A watch begins, or is over: why, in a word of a closed set. */
  onOpen(): void;
  onEnd(reason: string): void;
  /** A list or watch failed; it is tried again. `forbidden` says that the kind cannot be watched with these rights. */
  onError(error: ClusterError, forbidden: boolean): void;
}

/**
 * Lists a kind and follows it for as long as the signal allows; relists when the server no longer knows our version.
 * What failed is tried again after a pause in `nap`, so that whoever knows better may end it.
 */
export async function watchKind(
  client: ClusterClient,
  kind: ApiKind,
  { sink, signal, nap }: { sink: KindSink; signal: AbortSignal; nap: Nap },
): Promise<void> {
  const pause = (failures: number) => nap.sleep(pauseMs(failures), signal);
  let resourceVersion: string | null = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (resourceVersion === null) {
        resourceVersion = await listAll(client, kind, { sink, signal });
      }
      for await (const event of open(client.watch(kind, { resourceVersion }, signal), sink)) {
        failures = 0;
        sink.onContact();
        if (event.type === 'bookmark') resourceVersion = event.resourceVersion;
        else {
          resourceVersion = event.object.metadata.resourceVersion ?? resourceVersion;
          sink.onChange(event.type === 'deleted' ? 'remove' : 'put', event.object);
        }
      }
      // A watch that the server ends at once, again and again, must not become a loop.
      failures += 1;
      if (failures > 2) await pause(failures);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const problem = error instanceof ClusterError ? error : new ClusterError('server', String(error));
      if (problem.reason === 'gone') resourceVersion = null;
      else {
        const forbidden = problem.reason === 'forbidden' || problem.reason === 'not-found';
        sink.onError(problem, forbidden);
        if (forbidden) {
          resourceVersion = null;
          await sleep(FORBIDDEN_MS, undefined, { signal }).catch(() => undefined);
        }
      }
      await pause(failures);
    }
  }
}

/** The same events, with word of the watch's beginning and end. */
async function* open<Event>(events: AsyncIterable<Event>, sink: KindSink): AsyncIterable<Event> {
  let reason = 'ended';
  sink.onOpen();
  try {
    yield* events;
  } catch (error) {
    reason = outcomeOf(error);
    throw error;
  } finally {
    sink.onEnd(reason);
  }
}

async function listAll(
  client: ClusterClient,
  kind: ApiKind,
  { sink, signal }: { sink: KindSink; signal: AbortSignal },
): Promise<string> {
  const all: Manifest[] = [];
  let continueToken: string | undefined;
  let resourceVersion = '';
  do {
    const page = await client.list(kind, { limit: PAGE, ...(continueToken ? { continueToken } : {}) }, { signal });
    for (const item of page.items) all.push(item);
    resourceVersion = page.resourceVersion;
    continueToken = page.continueToken;
  } while (continueToken);
  sink.onContact();
  sink.onList(all);
  return resourceVersion;
}

/** Exponential, at random between half and all of it, so that kinds and clusters do not come back together. */
function pauseMs(failures: number): number {
  const longest = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10));
  return longest * (0.5 + Math.random() / 2);
}
