import type { StateView } from '#lib/contracts/deployments.ts';
import { findDeploymentAt, listDisturbed, listDriftsAt } from '#lib/database/history.ts';
import { findSetHead, loadSetObjects } from '#lib/database/rendering.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { type PastObject, stateAt, stateYaml } from '#lib/domain/history/state-at.ts';
import { hookOf } from '#lib/domain/resource/hook.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { invalid, notFound, ServiceError } from '../errors.ts';

interface StateQuery {
  id: string;
  /** ISO 8601, UTC. */
  at: string;
}

/**
 * Every object of an application as it was at a moment, masked, from what is stored: no cluster is asked. Hooks are left out, as
 * they run and are not kept. Errors: forbidden, not-found, invalid (a moment to come).
 */
export async function getState(ctx: Context, input: StateQuery): Promise<StateView> {
  const { deployment, objects } = await readState(ctx, input);
  return {
    at: input.at,
    deployment,
    objects: objects.flatMap((object) => {
      const key = parseObjectKey(object.key);
      return key ? [{ ...key, ...object }] : [];
    }),
  };
}

/** The same as a multi-document YAML file; `name` is for the file. Errors: as {@link getState}. */
export async function exportState(ctx: Context, input: StateQuery): Promise<{ name: string; text: string }> {
  const { subject, deployment, objects } = await readState(ctx, input);
  const base = deployment
    ? `Deployed at ${deployment.sha}, finished ${deployment.finishedAt}.`
    : 'Nothing was deployed by then.';
  const head = [`${subject.name} on ${subject.cluster.name} at ${input.at}.`, base, 'Secret values are masked.'];
  return { name: `${subject.name}-${input.at.replaceAll(/[^0-9TZ]/g, '')}`, text: stateYaml(objects, head) };
}

async function readState(ctx: Context, input: StateQuery) {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const subject = await findSubject(prisma, input.id);
  if (!subject) throw notFound('application', input.id);
  const at = new Date(input.at);
  if (at > ctx.clock.now()) throw invalid('at', 'choose a moment that has passed');
  const row = await findDeploymentAt(prisma, subject.id, at);
  if (!row) return { subject, deployment: null, objects: [] };
  const [set, drifts, disturbed] = await Promise.all([
    loadSetObjects(prisma, row.setId),
    listDriftsAt(prisma, subject.id, at),
    listDisturbed(prisma, row, at),
  ]);
  if (set.length === 0 && !(await setIsKept(ctx, row.setId)))
    throw new ServiceError(
      'not-found',
      `What ${subject.name} rendered at ${row.revision.slice(0, 7)} is no longer stored.`,
    );
  const deployed = set.filter(({ body }) => hookOf(body) === null);
  const objects: PastObject[] = stateAt({ at: at.getTime(), deployed, drifts, disturbed });
  const deployment = {
    id: row.id,
    sha: row.revision,
    finishedAt: row.finishedAt.toISOString(),
    actorName: row.actorName,
  };
  return { subject, deployment, objects };
}

async function setIsKept(ctx: Context, setId: string): Promise<boolean> {
  return (await findSetHead(ctx.database.prisma, setId)) !== null;
}
