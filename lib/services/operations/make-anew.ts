import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import type { SyncOptions } from '#lib/domain/sync/options.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import { type ObjectWrite, writeObject } from '../plans/write-object.ts';

const GONE_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 200;

/**
 * Deletes an object and makes it anew. A worker that dies in between leaves it missing, and the next pass creates it. One
 * that does not go in time is an outage, so that it is tried again. Throws ClusterError.
 */
export async function makeAnew(
  cluster: LiveCluster,
  write: ObjectWrite & { options: SyncOptions },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { ref, options, manifest } = write;
  const before = await readLive(cluster, manifest, signal);
  const { uid } = before?.metadata ?? {};
  if (before) {
    await cluster.client.remove(ref, {
      propagation: options.propagation,
      ...(uid === undefined ? {} : { uid }),
      ...(signal ? { signal } : {}),
    });
    await untilGone(cluster, before, signal);
  }
  await writeObject(cluster.client, { ...write, exists: false, forces: true }, { dryRun: false, signal });
}

async function untilGone(cluster: LiveCluster, before: Manifest, signal: AbortSignal | undefined): Promise<void> {
  const deadline = performance.now() + GONE_TIMEOUT_MS;
  for (;;) {
    const now = await readLive(cluster, before, signal);
    if (now?.metadata.uid !== before.metadata.uid) return;
    if (performance.now() > deadline) {
      const { kind, metadata } = before;
      const held = now?.metadata.finalizers?.join(', ') ?? '';
      const words = held === '' ? '' : ` (held by finalizer ${held})`;
      throw new ClusterError('timeout', `${kind} ${metadata.name} was deleted to be made anew and does not go${words}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
    signal?.throwIfAborted();
  }
}

async function readLive(
  cluster: LiveCluster,
  manifest: Manifest,
  signal: AbortSignal | undefined,
): Promise<Manifest | undefined> {
  const key = objectKeyOf(manifest);
  const found = await cluster.read([key], { fresh: true, ...(signal ? { signal } : {}) });
  return found.get(formatObjectKey(key));
}
