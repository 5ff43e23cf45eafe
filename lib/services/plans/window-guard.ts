import type { PlanGuard, PlanResult } from '#lib/contracts/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { manualWords } from '#lib/domain/sync/window-words.ts';
import { type Context, SYSTEM_ACTOR } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { judgeSubject } from '../shared/windows-of.ts';

/**
 * What a person who plans an act is told of a closed sync window: `block`, or `warn` where it lets people through. None
 * for Quarterdeck itself, which waits before it plans.
 */
export function windowGuards(ctx: Context, subject: SubjectRow, requestedBy: string): PlanGuard[] {
  if (requestedBy === SYSTEM_ACTOR.id) return [];
  const now = ctx.clock.now();
  const verdict = judgeSubject(subject, now);
  if (verdict.open) return [];
  const message = manualWords(subject.name, verdict, now.getTime());
  return [{ level: verdict.manual === 'overridable' ? 'warn' : 'block', message, typedName: null }];
}

/**
 * The click looks again: a window may have closed since the plan, or another one that the person was not shown. A commit on
 * a branch of its own changes no cluster, so no window is in its way.
 */
export function refuseByWindow(ctx: Context, subject: SubjectRow, result: PlanResult): ServiceError | null {
  if (result.git && result.git.newBranch !== null) return null;
  const [guard] = windowGuards(ctx, subject, ctx.actor.id);
  if (guard === undefined) return null;
  if (guard.level === 'block') return new ServiceError('refused', guard.message);
  if (result.guards.some(({ message }) => message === guard.message)) return null;
  return new ServiceError(
    'conflict',
    `The plan is stale: a sync window closed since. ${guard.message} Nothing was done; make a new plan and look at it again.`,
  );
}
