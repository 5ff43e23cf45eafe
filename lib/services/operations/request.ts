import { type OperationView, planInput, type PlanResult, requestOperationInput } from '#lib/contracts/operations.ts';
import type { z } from 'zod';
import { markDeleting } from '#lib/database/applications.ts';
import { updateDeployedState } from '#lib/database/deployments.ts';
import { findActiveOperation, findOperation, insertOperation, type NewOperation } from '#lib/database/operations.ts';
import { findActivePin } from '#lib/database/pins.ts';
import { findPlan, type PlanRow } from '#lib/database/plans.ts';
import { findSubject, readPathsOfSet, type SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction, type Transaction } from '#lib/database/transaction.ts';
import { confirmationOf } from '#lib/domain/sync/confirmation.ts';
import { OPERATION_KINDS } from '#lib/domain/sync/status.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { planViewOf } from '../plans/view.ts';
import { refuseByWindow } from '../plans/window-guard.ts';
import { OPERATION_RULES } from './kinds.ts';
import { supersedeWaiting } from './supersede.ts';
import { operationViewOf } from './view.ts';

/** Minutes after which a plan must be made again, whatever its hash says. */
const PLAN_LIFETIME_MINUTES = 30;

/**
 * The click. The plan's hash that the person saw travels with it: a plan that is not the stored one, or older than what
 * Git says now, is a conflict, and a sync window that closed since refuses; what is live is compared once more by the worker before anything is applied.
 * An operation of the application that only waits for health is ended by it; one that still applies is a conflict.
 * Answers the operation in phase `requested`. Errors: forbidden (audited), not-found, conflict, refused (audited).
 */
export async function requestOperation(
  ctx: Context,
  request: { applicationId: string; input: z.input<typeof requestOperationInput> },
): Promise<OperationView> {
  const input = requestOperationInput.parse(request.input);
  const plan = await findPlan(ctx.database.prisma, input.planId);
  const subject = await findSubject(ctx.database.prisma, request.applicationId);
  const kind = plan ? planViewOf(plan).kind : 'sync';
  const rule = OPERATION_RULES[kind];
  const target = { kind: 'application' as const, id: request.applicationId, name: subject?.name ?? '' };
  await requirePermission(ctx, rule.permission, { verb: rule.request, target });
  if (!subject) throw notFound('application', request.applicationId);
  if (!plan || plan.applicationId !== subject.id) throw notFound('plan', input.planId);
  const pin = await findActivePin(ctx.database.prisma, subject.id, ctx.clock.now());
  const targetSha = pin?.revision ?? subject.state?.targetSha ?? null;
  const attempt = { ctx, subject, plan, targetSha, planHash: input.planHash, typedName: input.typedName };
  const refusal = refuse(attempt);
  if (refusal) {
    await auditRefusal(attempt, refusal);
    throw refusal;
  }
  try {
    return await inTransaction(ctx.database, (transaction) => place(attempt, transaction));
  } catch (error) {
    if (error instanceof ServiceError) await auditRefusal(attempt, error);
    throw error;
  }
}

interface Attempt {
  ctx: Context;
  subject: SubjectRow;
  plan: PlanRow;
  /** What a sync would bring it to now: its pin's revision while one holds. */
  targetSha: string | null;
  planHash: string;
  typedName: string | undefined;
}

function refuse({ ctx, subject, plan, targetSha, planHash, typedName }: Attempt): ServiceError | null {
  const view = planViewOf(plan);
  if (view.state !== 'ready' || !view.result) {
    return new ServiceError('conflict', view.error ?? 'The plan is still being computed.');
  }
  if (plan.hash !== planHash) return stale('the plan you saw is not the one stored');
  const age = ctx.clock.now().getTime() - plan.createdAt.getTime();
  if (age > PLAN_LIFETIME_MINUTES * 60_000) return stale(`it was made more than ${PLAN_LIFETIME_MINUTES} minutes ago`);
  if (view.kind === 'sync' && targetSha !== plan.revision) {
    return stale(`${subject.name} now targets ${targetSha?.slice(0, 7) ?? 'nothing'}`);
  }
  return refuseByWindow(ctx, subject, view.result) ?? refuseByGuards(view.result, typedName);
}

function stale(why: string): ServiceError {
  return new ServiceError(
    'conflict',
    `The plan is stale: ${why}. Nothing was done; make a new plan and look at it again.`,
  );
}

function refuseByGuards(result: PlanResult, typedName: string | undefined): ServiceError | null {
  const block = result.guards.find((guard) => guard.level === 'block');
  if (block) return new ServiceError('refused', block.message);
  const wanted = confirmationOf(result.guards);
  if (wanted === null || wanted === typedName) return null;
  const words = result.guards.flatMap(({ level, message }) => (level === 'confirm' ? [message] : []));
  return new ServiceError('refused', `${words.join(' ')} Type ${wanted} to confirm.`);
}

async function auditRefusal({ ctx, subject, plan }: Attempt, refusal: ServiceError): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await recordAudit(ctx, tx, {
      verb: OPERATION_RULES[planViewOf(plan).kind].request,
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'refused',
      reason: refusal.message,
      detail: { planId: plan.id },
    });
    changed('audit');
  });
}

async function place(attempt: Attempt, transaction: Transaction): Promise<OperationView> {
  const { ctx, subject, plan } = attempt;
  const supersedes = await supersedeWaiting(ctx, transaction, { subject });
  const created = await placeOperation(ctx, transaction, { subject, plan, supersedes });
  if (created) return created;
  const active = await findActiveOperation(transaction.tx, subject.id);
  const noun = OPERATION_RULES[OPERATION_KINDS.find((kind) => kind === active?.kind) ?? 'sync'].noun;
  throw new ServiceError(
    'conflict',
    `A ${noun} by ${active?.actorName ?? 'somebody else'} is under way on ${subject.name}; wait until it has applied everything, or terminate it.`,
  );
}

/**
 * Turns a ready plan into an operation inside the caller's transaction, with its audit event. Null when the application
 * has an active one. Shared by the click and by automatic sync; checks nothing else.
 */
export async function placeOperation(
  ctx: Context,
  { tx, changed, enqueue }: Transaction,
  { subject, plan, supersedes }: { subject: SubjectRow; plan: PlanRow; supersedes: string | null },
): Promise<OperationView | null> {
  const view = planViewOf(plan);
  const rule = OPERATION_RULES[view.kind];
  const set = plan.setId === null ? null : await readPathsOfSet(tx, plan.setId);
  const row = await insertOperation(tx, {
    applicationId: subject.id,
    kind: view.kind,
    planId: plan.id,
    planHash: plan.hash,
    input: planInput.parse(plan.input),
    revision: plan.revision,
    setId: plan.setId,
    setDigest: set?.digest ?? null,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    requestId: ctx.requestId,
    createdAt: ctx.clock.now(),
    objects: objectsOf(view.result),
  });
  if (!row) return null;
  // Whoever has it synced again keeps it.
  if (view.kind !== 'delete' && subject.deletingSince !== null) await markDeleting(tx, subject.id, null);
  await updateDeployedState(tx, subject.id, { activeOperationId: row.id, sync: 'Syncing' });
  await recordAudit(ctx, tx, {
    verb: rule.request,
    target: { kind: 'application', id: subject.id, name: subject.name },
    outcome: 'allowed',
    reason: reasonOf(plan.input),
    detail: {
      operationId: row.id,
      planHash: plan.hash,
      revision: plan.revision,
      counts: view.result?.counts ?? {},
      ...(supersedes === null ? {} : { supersedes }),
    },
    ...(set ? { afterHash: set.digest } : {}),
  });
  enqueue({ kind: 'operate', key: row.id });
  changed(`application:${subject.id}`, `operation:${row.id}`, 'audit');
  const stored = await findOperation(tx, row.id);
  return stored ? operationViewOf(stored, subject.name) : null;
}

function objectsOf(result: PlanResult | null): NewOperation['objects'] {
  return (result?.objects ?? []).map(({ key, phase, wave, action }, ordinal) => ({
    key,
    phase,
    wave,
    action,
    ordinal,
  }));
}

function reasonOf(input: PlanRow['input']): string {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return '';
  return typeof input['reason'] === 'string' ? input['reason'] : '';
}
