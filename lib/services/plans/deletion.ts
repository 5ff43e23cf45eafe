import type { PlanGuard } from '#lib/contracts/operations.ts';
import { listDependents } from '#lib/database/dependencies.ts';
import { readInventory } from '#lib/database/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { hookOf } from '#lib/domain/resource/hook.ts';
import { formatObjectKey, type Manifest, objectKeyOf } from '#lib/domain/resource/manifest.ts';
import { withTracking } from '#lib/domain/resource/tracking.ts';
import { lossesOf, planDeletion } from '#lib/domain/sync/deletion.ts';
import { runsOf } from '#lib/domain/sync/order.ts';
import { RenderError } from '#lib/ports/renderer.ts';
import { SourceError } from '#lib/ports/source.ts';
import type { WorkerContext } from '../context.ts';
import { type RenderedAt, renderAt } from '../revisions/render-at.ts';
import { policyOf } from '../shared/policy-of.ts';
import type { ComputedPlan, ComputeRequest } from './computed.ts';
import { planHashOf, planResultOf } from './result.ts';
import { examineAll, type Survey } from './survey.ts';
import { trackedObjects } from './tracked.ts';
import { windowGuards } from './window-guard.ts';

export interface DeletionSurvey extends Survey {
  /** Why the hooks of the deletion are not known, masked; '' when they are. */
  withoutHooks: string;
}

/** Reads what is live of an application, and from what was deployed the hooks around a deletion. Throws ClusterError. */
export async function surveyDeletion(
  ctx: WorkerContext,
  { subject, signal }: { subject: SubjectRow; signal?: AbortSignal | undefined },
): Promise<DeletionSurvey> {
  const cluster = await ctx.ports.live.cluster(subject.clusterId);
  const revision = subject.state?.deployedSha ?? subject.state?.targetSha ?? null;
  const { rendered, withoutHooks } = await renderHooks(ctx, { subject, revision, signal });
  const hooks = (rendered?.manifests ?? [])
    .filter((manifest) => (runsOf(manifest, 'deletion') ?? []).length > 0)
    .map((manifest) => withTracking(subject.id, manifest));
  const inventory = await readInventory(ctx.database.prisma, subject.id);
  const keys = new Set([...inventory, ...(rendered?.manifests ?? []).map(keyOf)]);
  const live = await trackedObjects(cluster, { applicationId: subject.id, keys }, signal);
  const { planned, stages } = planDeletion({ desired: hooks, live, policy: policyOf(subject) });
  return {
    setId: rendered?.setId ?? null,
    digest: 'deletion',
    revision: revision ?? '',
    planned,
    stages: stages.map((stage) => ({ ...stage, isGated: stage.awaitsGone })),
    examined: await examineAll(ctx, { subject, signal }, { cluster, desired: hooks }),
    extra: new Map(live.filter((manifest) => !isRunOf(hooks, manifest)).map((manifest) => [keyOf(manifest), manifest])),
    cluster,
    policy: policyOf(subject),
    withoutHooks,
  };
}

const keyOf = (manifest: Manifest) => formatObjectKey(objectKeyOf(manifest));

function isRunOf(hooks: readonly Manifest[], manifest: Manifest): boolean {
  return hookOf(manifest) !== null && hooks.some((hook) => keyOf(hook) === keyOf(manifest));
}

/** Git that is gone or broken must not keep an application from being deleted. */
async function renderHooks(
  ctx: WorkerContext,
  { subject, revision, signal }: { subject: SubjectRow; revision: string | null; signal?: AbortSignal | undefined },
): Promise<{ rendered: RenderedAt | null; withoutHooks: string }> {
  if (revision === null) return { rendered: null, withoutHooks: '' };
  try {
    return { rendered: await renderAt(ctx, subject.id, revision, signal), withoutHooks: '' };
  } catch (error) {
    if (!(error instanceof RenderError) && !(error instanceof SourceError)) throw error;
    return { rendered: null, withoutHooks: maskText(error.message) };
  }
}

/** The plan of deleting an application with its objects. */
export async function computeDeletion(ctx: WorkerContext, request: ComputeRequest): Promise<ComputedPlan> {
  const { subject, signal } = request;
  const survey = await surveyDeletion(ctx, { subject, signal });
  const keyedHash = (value: string) => ctx.keyring.hash(value);
  const guards = [
    ...windowGuards(ctx, subject, request.requestedBy),
    ...(await dependentGuards(ctx, subject)),
    ...guardsOf(subject, survey),
  ];
  return {
    survey,
    result: planResultOf(survey, keyedHash, { guards, deletes: true }),
    hash: planHashOf(survey, keyedHash),
  };
}

async function dependentGuards(ctx: WorkerContext, subject: SubjectRow): Promise<PlanGuard[]> {
  const dependents = await listDependents(ctx.database.prisma, subject.id);
  if (dependents.length === 0) return [];
  const names = dependents.map(({ name }) => name).join(', ');
  const message = `${names} ${dependents.length === 1 ? 'depends' : 'depend'} on ${subject.name}; change that first.`;
  return [{ level: 'block', message, typedName: null }];
}

function guardsOf(subject: SubjectRow, survey: DeletionSurvey): PlanGuard[] {
  const count = survey.planned.filter(({ action, selected }) => action === 'prune' && selected).length;
  const losses = lossesOf(survey.planned);
  const what = `Deletes ${count} ${count === 1 ? 'object' : 'objects'} on ${subject.cluster.name} and ${subject.name} itself.`;
  const confirm: PlanGuard = {
    level: 'confirm',
    message: `${what}${losses === '' ? '' : ` ${losses}.`} Type the application’s name to confirm.`,
    typedName: subject.name,
  };
  if (survey.withoutHooks === '') return [confirm];
  const message = `Git cannot be rendered (${survey.withoutHooks}), so no hooks around the deletion will run.`;
  return [{ level: 'warn', message, typedName: null }, confirm];
}
