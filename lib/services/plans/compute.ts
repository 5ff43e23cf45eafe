import { type PlanGuard, type PlanInput, planInput } from '#lib/contracts/operations.ts';
import { findDeployment } from '#lib/database/deployments.ts';
import { completePlan, failPlan, findPlan, type PlanRow } from '#lib/database/plans.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import type { WorkerContext } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import type { ComputedPlan, ComputeRequest } from './computed.ts';
import { computeDeletion } from './deletion.ts';
import { dependencyGuards } from './dependency-guard.ts';
import { holdGuards } from './hold-guard.ts';
import { planHashOf, planResultOf } from './result.ts';
import { authorOf, prepareRollback } from './rollback.ts';
import { rollbackGuards } from './rollback-guards.ts';
import { type Survey, surveyApplication, targetRevisionOf } from './survey.ts';
import { windowGuards } from './window-guard.ts';

/**
 * Computes a requested plan and stores it masked; a failure is stored with its words, so that the dialog shows them.
 * Safe to run twice: the first result stays.
 */
export async function computePlan(ctx: WorkerContext, planId: string, signal?: AbortSignal): Promise<void> {
  const plan = await findPlan(ctx.database.prisma, planId);
  if (!plan || plan.state !== 'computing') return;
  const subject = await findSubject(ctx.database.prisma, plan.applicationId);
  try {
    if (!subject) throw notFound('application', plan.applicationId);
    const computed = await computeFor(ctx, {
      subject,
      input: planInput.parse(plan.input),
      requestedBy: plan.requestedBy,
      signal,
    });
    await store(ctx, plan, computed);
  } catch (error) {
    if (signal?.aborted) throw error;
    await inTransaction(ctx.database, async ({ tx, changed }) => {
      await failPlan(tx, plan.id, maskText(error instanceof Error ? error.message : String(error)));
      changed(`plan:${plan.id}`);
    });
  }
}

async function store(ctx: WorkerContext, plan: PlanRow, { survey, result, hash }: ComputedPlan): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const { revision, setId } = survey;
    const ready = { revision: revision === '' ? null : revision, setId, hash, result, readyAt: ctx.clock.now() };
    await completePlan(tx, plan.id, ready);
    changed(`plan:${plan.id}`);
  });
}

/** Computes without storing; also what a worker does again before it applies anything. */
export async function computeFor(ctx: WorkerContext, request: ComputeRequest): Promise<ComputedPlan> {
  const { subject, input, signal } = request;
  const keyedHash = (value: string) => ctx.keyring.hash(value);
  if (input.kind === 'rollback-git') return computeRollback(ctx, request, input);
  if (input.kind === 'delete') return computeDeletion(ctx, request);
  const revision = await revisionOf(ctx, subject, input);
  const survey = await surveyApplication(ctx, {
    subject,
    revision,
    prune: input.kind === 'sync' ? input.prune : input.kind === 'pin',
    confirmed: input.kind === 'sync' ? input.confirmed : undefined,
    takeOver: input.kind === 'sync' ? input.takeOver : undefined,
    resources: 'resources' in input ? input.resources : undefined,
    hooks: runsHooks(input),
    signal,
  });
  const window = windowGuards(ctx, subject, request.requestedBy);
  const holds = await holdGuards(ctx, subject, request.requestedBy);
  const needs = input.kind === 'sync' ? await dependencyGuards(ctx, subject) : [];
  const guards = [
    ...window,
    ...holds,
    ...needs,
    ...(input.kind === 'pin' ? await pinGuards(ctx, survey, subject) : []),
  ];
  return { survey, result: planResultOf(survey, keyedHash, { guards }), hash: planHashOf(survey, keyedHash) };
}

/** A pin and the correction of drift bring back what was there: what moves data forward does not run again. */
export function runsHooks(input: PlanInput): boolean {
  return input.kind === 'rollback-git' || (input.kind === 'sync' && input.hooks !== false);
}

async function revisionOf(
  ctx: WorkerContext,
  subject: SubjectRow,
  input: Exclude<PlanInput, { kind: 'rollback-git' | 'delete' }>,
): Promise<string> {
  if (input.kind === 'pin') {
    const deployment = await findDeployment(ctx.database.prisma, subject.id, input.deploymentId);
    if (!deployment) throw notFound('deployment', input.deploymentId);
    return deployment.revision;
  }
  const revision =
    input.kind === 'revert' ? (subject.state?.deployedSha ?? null) : await targetRevisionOf(ctx, subject);
  if (revision !== null) return revision;
  throw new ServiceError(
    'refused',
    subject.state?.error ?? `${subject.name} has not been ${input.kind === 'revert' ? 'deployed' : 'rendered'} yet.`,
  );
}

async function pinGuards(ctx: WorkerContext, survey: Survey, subject: SubjectRow): Promise<PlanGuard[]> {
  const warnings = await rollbackGuards(ctx, subject, survey);
  if (!survey.policy.automated) return warnings;
  const message = `Automatic sync of ${subject.name} holds at ${survey.revision.slice(0, 7)} until the pin ends.`;
  return [{ level: 'warn', message, typedName: null }, ...warnings];
}

/** The commit is built, rendered and compared before anyone can push it: it must render exactly what the deployment did. */
async function computeRollback(
  ctx: WorkerContext,
  { subject, requestedBy, signal }: ComputeRequest,
  input: Extract<PlanInput, { kind: 'rollback-git' }>,
): Promise<ComputedPlan> {
  const author = await authorOf(ctx, requestedBy);
  const { git, guards, wantedDigest } = await prepareRollback(ctx, { subject, input, author });
  const survey = await surveyApplication(ctx, { subject, revision: git.commitSha, prune: true, signal });
  const exact = survey.digest === wantedDigest;
  const differs: PlanGuard = {
    level: 'block',
    message: `With today's options ${subject.name} would not render what that deployment did; its declaration or the renderer changed since. Pin it instead.`,
    typedName: null,
  };
  const window = git.newBranch === null ? windowGuards(ctx, subject, requestedBy) : [];
  const holds = git.newBranch === null ? await holdGuards(ctx, subject, requestedBy) : [];
  const warnings = await rollbackGuards(ctx, subject, survey);
  const all = [...window, ...holds, ...guards, ...warnings, ...(exact ? [] : [differs])];
  const keyedHash = (value: string) => ctx.keyring.hash(value);
  return {
    survey,
    result: planResultOf(survey, keyedHash, { git, guards: all }),
    hash: keyedHash(`${git.expectedHead}\n${planHashOf(survey, keyedHash)}`),
  };
}
