import type { SubjectRow } from '#lib/database/subjects.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { assessHealth, missingHealth } from '#lib/domain/health/assess.ts';
import { explainHealth } from '#lib/domain/health/explain.ts';
import { type HealthStatus, isWorse } from '#lib/domain/health/status.ts';
import { imagesOf } from '#lib/domain/resource/images.ts';
import { describeObjectKey, formatObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import type { WorkerContext } from '../context.ts';

export interface OperationHealth {
  status: HealthStatus;
  /** Which object and why; '' when all are well. Masked. */
  message: string;
  images: string[];
}

/** Health of the given objects as they are now, worst first. Throws ClusterError when the cluster does not answer. */
export async function readHealth(ctx: WorkerContext, subject: SubjectRow, ids: string[]): Promise<OperationHealth> {
  const cluster = await ctx.ports.live.cluster(subject.clusterId);
  const keys = ids.flatMap((id) => parseObjectKey(id) ?? []);
  const live = await cluster.read(keys, { fresh: true });
  let worst: OperationHealth = { status: 'Healthy', message: '', images: imagesOf(live.values()) };
  for (const key of keys) {
    const manifest = live.get(formatObjectKey(key));
    const own = manifest ? assessHealth(manifest) : missingHealth();
    if (!isWorse(own.status, worst.status)) continue;
    const children = manifest?.metadata.uid === undefined ? [] : cluster.descendants([manifest.metadata.uid]);
    const cause = (manifest ? explainHealth(manifest, children)?.message : undefined) ?? own.message;
    worst = {
      ...worst,
      status: own.status,
      message: maskText(`${describeObjectKey(key, subject.namespace)}: ${cause}`),
    };
  }
  return worst;
}
