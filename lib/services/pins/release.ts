import { updateDeployedState } from '#lib/database/deployments.ts';
import { endPin, findOpenPin } from '#lib/database/pins.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';

/**
 * Ends a pin before its expiry; the application follows Git again (by itself where automatic sync is on, else as a
 * pending change). Errors: forbidden (audited), not-found, conflict when nothing is pinned.
 */
export async function releasePin(ctx: Context, input: { applicationId: string }): Promise<void> {
  const subject = await findSubject(ctx.database.prisma, input.applicationId);
  const target = { kind: 'application' as const, id: input.applicationId, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:pin', { verb: 'pin.end', target });
  if (!subject) throw notFound('application', input.applicationId);
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const pin = await findOpenPin(tx, subject.id);
    const end = { endedAt: ctx.clock.now(), endedHow: 'released', endedBy: ctx.actor.name } as const;
    if (!pin || !(await endPin(tx, pin.id, end))) {
      throw new ServiceError('conflict', `${subject.name} is not pinned.`);
    }
    await updateDeployedState(tx, subject.id, {});
    await recordAudit(ctx, tx, {
      verb: 'pin.end',
      target,
      outcome: 'succeeded',
      reason: 'released',
      detail: { pinId: pin.id, revision: pin.revision, owner: pin.ownerName },
    });
    enqueue({ kind: 'render', key: subject.id }, { kind: 'compare', key: subject.id });
    changed(`application:${subject.id}`, 'audit');
  });
}
