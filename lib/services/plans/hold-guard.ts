import type { PlanGuard } from '#lib/contracts/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { findActiveSuspension } from '#lib/database/suspensions.ts';
import { type Context, SYSTEM_ACTOR } from '../context.ts';

/** What a person who plans an act is told of a suspension: it holds automatic sync and nobody else. */
export async function holdGuards(ctx: Context, subject: SubjectRow, requestedBy: string): Promise<PlanGuard[]> {
  if (requestedBy === SYSTEM_ACTOR.id) return [];
  const suspension = await findActiveSuspension(ctx.database.prisma, subject.id, ctx.clock.now());
  if (!suspension) return [];
  const until = suspension.expiresAt.toISOString().slice(0, 16).replace('T', ' ');
  const message = `${suspension.ownerName} suspended automatic sync of ${subject.name} until ${until} UTC: “${suspension.reason}”. What you do is done all the same.`;
  return [{ level: 'warn', message, typedName: null }];
}
