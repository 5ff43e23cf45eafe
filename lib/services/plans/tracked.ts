import type { Manifest } from '#lib/domain/resource/manifest.ts';
import type { ApiKind } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';

/** Live objects that say they belong to an application, over the kinds of these formatted keys and those watched. */
export async function trackedObjects(
  cluster: LiveCluster,
  { applicationId, keys }: { applicationId: string; keys: Iterable<string> },
  signal?: AbortSignal,
): Promise<Manifest[]> {
  const pairs = new Map<string, [string, string]>();
  for (const key of keys) {
    const [group = '', kind = ''] = key.split('/');
    pairs.set(`${group}/${kind}`, [group, kind]);
  }
  const kinds: ApiKind[] = [];
  for (const [group, kind] of pairs.values()) {
    const served = await cluster.kind(group, kind);
    if (served) kinds.push(served);
  }
  return cluster.tracked(applicationId, kinds, signal ? { signal } : {});
}
