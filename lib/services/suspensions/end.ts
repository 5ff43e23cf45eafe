import { updateDeployedState } from '#lib/database/deployments.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { endSuspension, type SuspensionRow } from '#lib/database/suspensions.ts';
import type { Transaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';

/** Ends a suspension in the caller's transaction, audited; false when it had ended already. */
export async function endInside(
  ctx: Context,
  { tx, changed, enqueue }: Transaction,
  { subject, suspension, how }: { subject: SubjectRow; suspension: SuspensionRow; how: 'expired' | 'released' },
): Promise<boolean> {
  const end = { endedAt: ctx.clock.now(), endedHow: how, endedBy: ctx.actor.name };
  if (!(await endSuspension(tx, suspension.id, end))) return false;
  await updateDeployedState(tx, subject.id, {});
  await recordAudit(ctx, tx, {
    verb: 'suspension.end',
    target: { kind: 'application', id: subject.id, name: subject.name },
    outcome: 'succeeded',
    reason: how,
    detail: { suspensionId: suspension.id, owner: suspension.ownerName },
  });
  enqueue({ kind: 'compare', key: subject.id }, { kind: 'auto-sync', key: subject.id });
  changed(`application:${subject.id}`, 'audit');
  return true;
}
