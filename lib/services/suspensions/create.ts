import type { z } from 'zod';
import { suspendInput, type SuspensionView } from '#lib/contracts/suspensions.ts';
import { updateDeployedState } from '#lib/database/deployments.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { endSuspension, findOpenSuspension, insertSuspension, lockSuspensions } from '#lib/database/suspensions.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { invalid, notFound, ServiceError } from '../errors.ts';
import { announceAt } from '../shared/hold.ts';
import { suspensionViewOf } from './view.ts';

/** A suspension is for a piece of work, not for good: automatic sync that is not wanted is switched off in the declaration. */
const LONGEST_DAYS = 90;

/**
 * Lets automatic sync of an application stand still until a time. A person may still sync; the plan says so. One in
 * force is replaced. Errors: forbidden (audited), not-found, invalid, refused where another agent reconciles.
 */
export async function suspendApplication(
  ctx: Context,
  request: { applicationId: string; input: z.input<typeof suspendInput> },
): Promise<SuspensionView> {
  const subject = await findSubject(ctx.database.prisma, request.applicationId);
  const target = { kind: 'application' as const, id: request.applicationId, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:suspend', { verb: 'suspension.create', target });
  if (!subject) throw notFound('application', request.applicationId);
  const { reason, expiresAt: until } = suspendInput.parse(request.input);
  const expiresAt = new Date(until);
  check(ctx, subject, expiresAt);
  return inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    await lockSuspensions(tx, subject.id);
    const now = ctx.clock.now();
    const open = await findOpenSuspension(tx, subject.id);
    if (open) await endSuspension(tx, open.id, { endedAt: now, endedHow: 'replaced', endedBy: ctx.actor.name });
    const row = await insertSuspension(tx, {
      applicationId: subject.id,
      ownerId: ctx.actor.id,
      ownerName: ctx.actor.name,
      reason,
      expiresAt,
      createdAt: now,
    });
    await updateDeployedState(tx, subject.id, {});
    await recordAudit(ctx, tx, {
      verb: 'suspension.create',
      target,
      outcome: 'succeeded',
      reason,
      detail: { suspensionId: row.id, expiresAt: expiresAt.toISOString(), replaces: open?.id ?? null },
    });
    enqueue(
      { kind: 'suspensions', key: subject.id, startAfter: announceAt(row) },
      { kind: 'compare', key: subject.id },
    );
    changed(`application:${subject.id}`, 'audit');
    return suspensionViewOf(row);
  });
}

function check(ctx: Context, subject: SubjectRow, expiresAt: Date): void {
  if (subject.agent !== 'native') {
    throw new ServiceError('refused', `${subject.name} is reconciled by ${subject.agent}; suspend it there.`);
  }
  const aheadMs = expiresAt.getTime() - ctx.clock.now().getTime();
  if (aheadMs <= 0) throw invalid('expiresAt', 'must be in the future');
  if (aheadMs > LONGEST_DAYS * 86_400_000) throw invalid('expiresAt', `must be within ${LONGEST_DAYS} days`);
}
