import { findActiveOperation, findOperation, type OperationRow } from '#lib/database/operations.ts';
import { loadSetObjects } from '#lib/database/rendering.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import type { Transaction } from '#lib/database/transaction.ts';
import { imagesOf } from '#lib/domain/resource/images.ts';
import type { Context } from '../context.ts';
import { endOperation } from './finish.ts';

/**
 * Ends the operation of an application that has applied everything and only waits for health, so that the caller's own
 * may take its place: a person must be able to roll back while a broken rollout is waited for. Answers its id; null when
 * none waits, it ended by itself meanwhile, or it does not yield. One in any other phase is left alone.
 */
export async function supersedeWaiting(
  ctx: Context,
  transaction: Transaction,
  { subject, yields = () => true }: { subject: SubjectRow; yields?: (waiting: OperationRow) => boolean },
): Promise<string | null> {
  const { tx } = transaction;
  const active = await findActiveOperation(tx, subject.id);
  const row = active?.phase === 'waiting' && yields(active) ? await findOperation(tx, active.id) : null;
  if (!row) return null;
  const objects = row.setId === null ? [] : await loadSetObjects(tx, row.setId);
  const ended = await endOperation(ctx, transaction, {
    row,
    subject,
    from: ['waiting'],
    phase: 'terminated',
    message: `Applied; waiting was ended by the next operation, requested by ${ctx.actor.name}.`,
    outcome: subject.state?.health ?? 'Unknown',
    images: imagesOf(objects.map(({ body }) => body)),
  });
  return ended ? row.id : null;
}
