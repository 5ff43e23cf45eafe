import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesSchemaBundle } from '#lib/domain/schema/types.ts';

let loaded: KubernetesSchemaBundle | undefined;

/**
 * What a real Kubernetes 1.36 API server serves, without custom resources: resources and schemas by group version.
 * Read once and shared by every caller: treat it as read-only. Look kinds up with `lib/domain/schema/navigate.ts`.
 */
export function loadKubernetesSchema(): KubernetesSchemaBundle {
  if (loaded === undefined) {
    const packed = readFileSync(path.join(import.meta.dirname, 'kubernetes-1.36.json.gz'));
    // Written by capture.ts and part of the project; load.test.ts holds it to the type.
    const bundle: KubernetesSchemaBundle = JSON.parse(gunzipSync(packed).toString('utf8'));
    loaded = bundle;
  }
  return loaded;
}
