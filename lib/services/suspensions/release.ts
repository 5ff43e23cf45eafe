import { findSubject } from '#lib/database/subjects.ts';
import { findOpenSuspension } from '#lib/database/suspensions.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { endInside } from './end.ts';

/**
 * Ends a suspension before its expiry; automatic sync goes on at once. Errors: forbidden (audited), not-found, conflict
 * when nothing is suspended.
 */
export async function resumeApplication(ctx: Context, input: { applicationId: string }): Promise<void> {
  const subject = await findSubject(ctx.database.prisma, input.applicationId);
  const target = { kind: 'application' as const, id: input.applicationId, name: subject?.name ?? '' };
  await requirePermission(ctx, 'applications:suspend', { verb: 'suspension.end', target });
  if (!subject) throw notFound('application', input.applicationId);
  await inTransaction(ctx.database, async (transaction) => {
    const open = await findOpenSuspension(transaction.tx, subject.id);
    if (!open || !(await endInside(ctx, transaction, { subject, suspension: open, how: 'released' }))) {
      throw new ServiceError('conflict', `Automatic sync of ${subject.name} is not suspended.`);
    }
  });
}
