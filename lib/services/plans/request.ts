import { type PlanInput, planInput, type PlanView } from '#lib/contracts/operations.ts';
import { findDeployment } from '#lib/database/deployments.ts';
import { insertPlan } from '#lib/database/plans.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { invalid, notFound, ServiceError } from '../errors.ts';
import { OPERATION_RULES } from '../operations/kinds.ts';
import { planViewOf } from './view.ts';

/** A pin is a temporary hold. */
const LONGEST_PIN_DAYS = 30;

/**
 * Asks a worker what an act would do; answers at once with a plan still `computing`. Nothing is written to a cluster or
 * a repository by it. Errors: forbidden (audited), not-found, invalid, refused.
 */
export async function requestPlan(
  ctx: Context,
  request: { applicationId: string; input: PlanInput },
): Promise<PlanView> {
  const input = planInput.parse(request.input);
  const subject = await findSubject(ctx.database.prisma, request.applicationId);
  const target = { kind: 'application' as const, id: request.applicationId, name: subject?.name ?? '' };
  await requirePermission(ctx, OPERATION_RULES[input.kind].permission, { verb: 'plan.request', target });
  if (!subject) throw notFound('application', request.applicationId);
  await checkInput(ctx, subject, input);
  const row = await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const plan = await insertPlan(tx, {
      applicationId: subject.id,
      kind: input.kind,
      input,
      requestedBy: ctx.actor.id,
      createdAt: ctx.clock.now(),
    });
    enqueue({ kind: 'plan', key: plan.id });
    changed(`plan:${plan.id}`);
    return plan;
  });
  return planViewOf(row);
}

async function checkInput(ctx: Context, subject: SubjectRow, input: PlanInput): Promise<void> {
  if (subject.agent !== 'native') {
    throw new ServiceError(
      'refused',
      `${subject.name} is reconciled by ${subject.agent}; Quarterdeck cannot plan for it.`,
    );
  }
  if (input.kind === 'rollback-git' || input.kind === 'pin') {
    const deployment = await findDeployment(ctx.database.prisma, subject.id, input.deploymentId);
    if (!deployment) throw notFound('deployment', input.deploymentId);
  }
  if (input.kind !== 'pin') return;
  const left = Date.parse(input.expiresAt) - ctx.clock.now().getTime();
  if (left <= 0) throw invalid('expiresAt', 'must be in the future');
  if (left > LONGEST_PIN_DAYS * 86_400_000) throw invalid('expiresAt', `must be within ${LONGEST_PIN_DAYS} days`);
}
