import { describeObjectKey, formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import type { WorkerContext } from '../context.ts';
import type { Survey } from '../plans/survey.ts';
import { isLate, type Step, waitFor, type Work } from './waiting.ts';

/** Null when the objects of these ids, which were deleted, are gone; else what is waited for, or that it is too late. Throws ClusterError. */
export async function awaitGone(
  ctx: WorkerContext,
  work: Work,
  { survey, ids }: { survey: Survey; ids: readonly string[] },
): Promise<Step | null> {
  const deleted = ids.flatMap((id) => survey.extra.get(id) ?? []);
  const found = await survey.cluster.read(deleted.map(objectKeyOf), { fresh: true, signal: work.signal });
  const left = deleted.flatMap((before) => {
    const now = found.get(formatObjectKey(objectKeyOf(before)));
    return now && now.metadata.uid === before.metadata.uid ? [now] : [];
  });
  const [first] = left;
  if (!first) return null;
  const more = left.length > 1 ? ` and ${left.length - 1} more` : '';
  const what = `${wordsOf(first, work.subject.namespace)}${more}`;
  if (!isLate(ctx, work)) return waitFor(ctx, work, `${what} to go`);
  return { kind: 'failed', message: `Not gone in time: ${what}. Delete the application again once that is mended.` };
}

function wordsOf(manifest: Manifest, homeNamespace: string): string {
  const { finalizers = [] } = manifest.metadata;
  const held = finalizers.length === 0 ? '' : ` (held by finalizer ${finalizers.join(', ')})`;
  return `${describeObjectKey(objectKeyOf(manifest), homeNamespace)}${held}`;
}
