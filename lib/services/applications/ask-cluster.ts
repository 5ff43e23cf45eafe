import type { z } from 'zod';
import type { eventsView, liveManifestView } from '#lib/contracts/applications.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { describeObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { invalid, notFound, ServiceError } from '../errors.ts';
import { ask, type WaitForChange } from '../inquiries/ask.ts';

type Waiting = { waitForChange?: WaitForChange };

/** Kubernetes events of the application's objects, asked from the cluster now. Errors: forbidden, not-found, unavailable. */
export async function askEvents(ctx: Context & Waiting, input: { id: string }): Promise<z.infer<typeof eventsView>> {
  await requirePermission(ctx, 'applications:read');
  const { id, clusterId } = await reachable(ctx, input.id);
  return ask(ctx, { kind: 'events', subject: { applicationId: id, clusterId } }, ctx.waitForChange);
}

/** One live object as masked YAML, asked from the cluster now. Errors: invalid, forbidden, not-found, unavailable. */
export async function askLiveManifest(
  ctx: Context & Waiting,
  input: { id: string; key: string },
): Promise<z.infer<typeof liveManifestView>> {
  await requirePermission(ctx, 'manifests:read');
  const key = parseObjectKey(input.key);
  if (!key) throw invalid('key', 'Give group/Kind/namespace/name; what is empty keeps its slash.');
  const { id, clusterId } = await reachable(ctx, input.id);
  const subject = { applicationId: id, clusterId, objectKey: input.key };
  const answer = await ask(ctx, { kind: 'live-manifest', subject }, ctx.waitForChange);
  if ('missingIn' in answer)
    throw new ServiceError('not-found', `${describeObjectKey(key)} is not in cluster ${answer.missingIn}.`);
  return answer;
}

async function reachable(ctx: Context, id: string): Promise<SubjectRow> {
  const subject = await findSubject(ctx.database.prisma, id);
  if (!subject) throw notFound('application', id);
  if (subject.cluster.status === 'silent') {
    const words = subject.cluster.lastError === null ? '' : ` (${subject.cluster.lastError})`;
    throw new ServiceError('unavailable', `Cluster ${subject.cluster.name} does not answer now${words}.`);
  }
  return subject;
}
