import type { SubjectRow } from '#lib/database/subjects.ts';
import { secretTexts } from '#lib/domain/diff/mask.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { missingHealth } from '#lib/domain/health/assess.ts';
import { assessTree, type TreeHealth } from '#lib/domain/health/assess-tree.ts';
import { type HealthStatus, isWorse } from '#lib/domain/health/status.ts';
import { imagesOf } from '#lib/domain/resource/images.ts';
import { describeObjectKey, formatObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import type { WorkerContext } from '../context.ts';
import { readAssessor } from '../health-rules/assessor.ts';

export interface OperationHealth {
  status: HealthStatus;
  /** Which object and why; '' when all are well. Masked. */
  message: string;
  images: string[];
  /** Degraded for good: waiting longer cannot help. A pod that crashes or waits for its image may still recover. */
  isFinal: boolean;
}

/** Health of the given objects as they are now: the one that is lost for good, else the worst. Throws ClusterError when the cluster does not answer. */
export async function readHealth(ctx: WorkerContext, subject: SubjectRow, ids: string[]): Promise<OperationHealth> {
  const cluster = await ctx.ports.live.cluster(subject.clusterId);
  const keys = ids.flatMap((id) => parseObjectKey(id) ?? []);
  const live = await cluster.read(keys, { fresh: true });
  const assess = await readAssessor(ctx.database.prisma);
  const secrets = [...live.values()].flatMap(secretTexts);
  let lead: OperationHealth = { status: 'Healthy', message: '', images: imagesOf(live.values()), isFinal: false };
  for (const key of keys) {
    const manifest = live.get(formatObjectKey(key));
    const below = manifest?.metadata.uid === undefined ? [] : cluster.descendants([manifest.metadata.uid]);
    const own = manifest ? assessTree(manifest, below, assess) : { ...missingHealth(), isFinal: false };
    if (!leads(own, lead)) continue;
    lead = {
      ...lead,
      status: own.status,
      message: maskKnown(`${describeObjectKey(key, subject.namespace)}: ${own.message}`, secrets),
      isFinal: own.isFinal,
    };
  }
  return lead;
}

function leads(one: Pick<TreeHealth, 'status' | 'isFinal'>, lead: OperationHealth): boolean {
  return one.isFinal === lead.isFinal ? isWorse(one.status, lead.status) : one.isFinal;
}
