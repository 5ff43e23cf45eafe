import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { ObjectStore } from '#lib/workers/live/object-store.ts';
import { liveOf } from './diff.ts';
import { type Row, rowOf } from './row.ts';

const OBJECTS = 5_000;
const ROUNDS = 5;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') for (let count = 0; count < 3; count += 1) collect();
}

function configMapOf(index: number): Manifest {
  const { metadata } = liveOf(index);
  const data = { index: String(index), text: `${index} `.repeat(80) };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name: `config-${index}` }, data };
}

/** An object as it comes over the wire: no string shared with another. */
function received(index: number): Manifest {
  const manifest: Manifest = JSON.parse(JSON.stringify(index % 2 === 0 ? liveOf(index) : configMapOf(index)));
  return manifest;
}

/** MiB on the heap per 1,000 objects that a cluster's watches have put into the worker's cache. */
function measureStore(declared: boolean): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const store = new ObjectStore();
  if (declared) {
    const keys = Array.from({ length: OBJECTS }, (_, index) => formatObjectKey(objectKeyOf(received(index))));
    store.manage('application', new Set(keys));
  }
  for (let index = 0; index < OBJECTS; index += 1) {
    const manifest = received(index);
    store.put(manifest.kind, manifest);
  }
  collectGarbage();
  const grown = process.memoryUsage().heapUsed - before;
  if (store.size !== OBJECTS) throw new Error(`the cache kept ${store.size} of ${OBJECTS} objects`);
  return grown / 1_048_576 / (OBJECTS / 1_000);
}

/** Heap of the worker's cache: objects that applications declare are kept whole, of others only names. */
export function measure(): Promise<Row[]> {
  const samples = (declared: boolean) => Array.from({ length: ROUNDS }, () => measureStore(declared));
  const note = `half Deployments, half ConfigMaps, with managedFields; ${OBJECTS} objects a round`;
  return Promise.resolve([
    rowOf('memory per 1,000 objects: declared', samples(true), { unit: 'MiB', note }),
    rowOf('memory per 1,000 objects: others', samples(false), { unit: 'MiB', note }),
  ]);
}
