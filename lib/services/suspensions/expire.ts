import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { findOpenSuspension, markSuspensionAnnounced, type SuspensionRow } from '#lib/database/suspensions.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { tendHold } from '../shared/hold.ts';
import { endInside } from './end.ts';

/**
 * Announces or ends the suspension of an application as the clock says, and answers the milliseconds until there is
 * something to do again (null = nothing left). Safe to run at any time and twice.
 */
export async function expireSuspension(ctx: Context, applicationId: string): Promise<number | null> {
  const suspension = await findOpenSuspension(ctx.database.prisma, applicationId);
  const subject = suspension ? await findSubject(ctx.database.prisma, applicationId) : null;
  if (!suspension || !subject) return null;
  return tendHold(
    { hold: suspension, now: ctx.clock.now() },
    {
      announce: () => announce(ctx, subject, suspension),
      end: async () => {
        const ended = { subject, suspension, how: 'expired' as const };
        await inTransaction(ctx.database, (transaction) => endInside(ctx, transaction, ended));
      },
    },
  );
}

async function announce(ctx: Context, subject: SubjectRow, suspension: SuspensionRow): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    if (!(await markSuspensionAnnounced(tx, suspension.id, ctx.clock.now()))) return;
    const until = suspension.expiresAt.toISOString();
    await recordAudit(ctx, tx, {
      verb: 'suspension.announce',
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'succeeded',
      reason: `the suspension by ${suspension.ownerName} ends at ${until}; then ${subject.name} syncs by itself again`,
      detail: { suspensionId: suspension.id },
    });
    changed(`application:${subject.id}`, 'audit');
  });
}
