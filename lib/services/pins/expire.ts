import { updateDeployedState } from '#lib/database/deployments.ts';
import { endPin, findOpenPin, markPinAnnounced, type PinRow } from '#lib/database/pins.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { tendHold } from '../shared/hold.ts';

/**
 * Announces or ends the pin of an application as the clock says, and answers the milliseconds until there is something
 * to do again (null = nothing left). Safe to run at any time and twice.
 */
export async function expirePin(ctx: Context, applicationId: string): Promise<number | null> {
  const pin = await findOpenPin(ctx.database.prisma, applicationId);
  const subject = pin ? await findSubject(ctx.database.prisma, applicationId) : null;
  if (!pin || !subject) return null;
  return tendHold(
    { hold: pin, now: ctx.clock.now() },
    { announce: () => announce(ctx, subject, pin), end: () => end(ctx, subject, pin) },
  );
}

async function announce(ctx: Context, subject: SubjectRow, pin: PinRow): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    if (!(await markPinAnnounced(tx, pin.id, ctx.clock.now()))) return;
    await recordAudit(ctx, tx, {
      verb: 'pin.announce',
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'succeeded',
      reason: `the pin of ${pin.ownerName} ends at ${pin.expiresAt.toISOString()}; then ${subject.name} follows Git again`,
      detail: { pinId: pin.id, revision: pin.revision },
    });
    changed(`application:${subject.id}`, 'audit');
  });
}

async function end(ctx: Context, subject: SubjectRow, pin: PinRow): Promise<void> {
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const done = await endPin(tx, pin.id, { endedAt: ctx.clock.now(), endedHow: 'expired', endedBy: ctx.actor.name });
    if (!done) return;
    await updateDeployedState(tx, subject.id, {});
    await recordAudit(ctx, tx, {
      verb: 'pin.end',
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'succeeded',
      reason: 'expired',
      detail: { pinId: pin.id, revision: pin.revision, owner: pin.ownerName },
    });
    enqueue({ kind: 'render', key: subject.id }, { kind: 'compare', key: subject.id });
    changed(`application:${subject.id}`, 'audit');
  });
}
