import { findActiveOperation, listRecentOperations, type OperationRow } from '#lib/database/operations.ts';
import { completePlan, findPlan, insertPlan } from '#lib/database/plans.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { findActiveSuspension } from '#lib/database/suspensions.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { maskText } from '#lib/domain/diff/mask-text.ts';
import { type AutomaticAttempt, decideAutomaticSync } from '#lib/domain/sync/backoff.ts';
import type { PlannedObject } from '#lib/domain/sync/plan.ts';
import { recordAudit } from '../audit/record.ts';
import { SYSTEM_ACTOR, type WorkerContext } from '../context.ts';
import { computeFor } from '../plans/compute.ts';
import type { ComputedPlan } from '../plans/computed.ts';
import { unreadyDependencies } from '../shared/dependencies-of.ts';
import { targetRevisionOf } from '../plans/survey.ts';
import { policyOf } from '../shared/policy-of.ts';
import { judgeSubject } from '../shared/windows-of.ts';
import { placeOperation } from './request.ts';
import { supersedeWaiting } from './supersede.ts';

/** Attempts that begin later than this after the one before are not "in a row". */
const STREAK_MS = 15 * 60_000;
/** Those that wait for an application are told when it is ready; should that get lost, they look again after this. */
const DEPENDENCY_MS = 30_000;
/** Characters of what is refused, object by object. */
const LONGEST_REFUSAL = 4_000;
/** A closed sync window is looked at again after this, however far its end is. */
const LONGEST_WAIT_MS = 86_400_000;

/**
 * Syncs an application by itself when its policy says so and backoff allows; answers milliseconds until it is worth
 * another look, or null. While it is suspended, its sync windows are closed, or (for what Git asks) what it depends on is not ready, nothing is placed. A pinned application is held at its pin: what is synced then is the pinned revision.
 */
export async function syncAutomatically(
  ctx: WorkerContext,
  applicationId: string,
  signal?: AbortSignal,
): Promise<number | null> {
  const subject = await findSubject(ctx.database.prisma, applicationId);
  const revision = subject ? await targetRevisionOf(ctx, subject) : null;
  if (!subject || revision === null || subject.agent !== 'native' || subject.deletingSince !== null) return null;
  const active = await findActiveOperation(ctx.database.prisma, applicationId);
  if (active && !(active.phase === 'waiting' && isOutdated(active, revision))) return null;
  const decision = await decide(ctx, subject, revision);
  if (decision.action === 'none') return null;
  if (decision.action === 'wait') return decision.seconds * 1000;
  if (await isHeld(ctx, subject)) return null;
  const closedMs = closedFor(ctx, subject) ?? (await dependenciesMs(ctx, subject, decision.reason));
  if (closedMs !== null) return closedMs;
  const system: WorkerContext = {
    ...ctx,
    actor: SYSTEM_ACTOR,
    requestId: `auto-${applicationId.slice(0, 8)}-${ctx.clock.now().getTime()}`,
  };
  const hooks = decision.reason === 'pending change';
  const input = { kind: 'sync' as const, prune: policyOf(subject).prune, ...(hooks ? {} : { hooks }) };
  const computed = await computeFor(system, { subject, input, requestedBy: SYSTEM_ACTOR.id, signal });
  const blocks = computed.result.guards.filter((guard) => guard.level !== 'warn');
  if (blocks.length > 0) {
    await refuse(
      system,
      subject,
      blocks
        .map(({ message }) => message)
        .join(' ')
        .slice(0, LONGEST_REFUSAL),
    );
    return null;
  }
  // Planning takes time, in which somebody may have suspended it or a window may have closed.
  if (await isHeld(ctx, subject)) return null;
  const closedNowMs = closedFor(ctx, subject);
  if (closedNowMs !== null) return closedNowMs;
  await place(system, subject, { computed, input });
  return null;
}

/** What Git asks for waits for what the application depends on; the correction of drift does not. */
async function dependenciesMs(ctx: WorkerContext, subject: SubjectRow, reason: string): Promise<number | null> {
  if (reason !== 'pending change') return null;
  return (await unreadyDependencies(ctx.database.prisma, subject.id)).length > 0 ? DEPENDENCY_MS : null;
}

/** Suspended: whoever ends it has automatic sync look again. */
async function isHeld(ctx: WorkerContext, subject: SubjectRow): Promise<boolean> {
  return (await findActiveSuspension(ctx.database.prisma, subject.id, ctx.clock.now())) !== null;
}

/** Milliseconds until closed sync windows are worth another look; null while they are open. */
function closedFor(ctx: WorkerContext, subject: SubjectRow): number | null {
  const now = ctx.clock.now();
  const { open, changesAt } = judgeSubject(subject, now);
  if (open) return null;
  return Math.max(1, Math.min(LONGEST_WAIT_MS, (changesAt ?? Infinity) - now.getTime()));
}

/** Its own sync of a revision that Git has left behind yields to the next; what a person started never does. */
function isOutdated(active: OperationRow, revision: string): boolean {
  return active.actorKind === 'system' && active.revision !== revision;
}

async function decide(ctx: WorkerContext, subject: SubjectRow, revision: string) {
  const policy = policyOf(subject);
  const state = subject.state;
  const recent = await listRecentOperations(ctx.database.prisma, subject.id, 50);
  return decideAutomaticSync({
    enabled: policy.automated,
    selfHeal: policy.selfHeal,
    pending: state?.deployedSha !== revision || (state.outOfSyncCount > 0 && state.driftCount === 0),
    drifted: (state?.driftCount ?? 0) > 0,
    identity: identityOf(revision, policy.prune),
    last: lastAttempt(recent),
    retry: policy.retry,
    now: ctx.clock.now().getTime(),
  });
}

const identityOf = (revision: string | null, prune: boolean) => `${revision ?? ''}${prune ? ' with pruning' : ''}`;

/** The newest automatic attempts of one revision and its options; a person's success begins the count anew. */
function lastAttempt(newestFirst: OperationRow[]): AutomaticAttempt | null {
  const click = newestFirst.findIndex((row) => row.actorKind !== 'system' && row.phase === 'succeeded');
  const since = click === -1 ? newestFirst : newestFirst.slice(0, click);
  const automatic = since.filter((row) => row.actorKind === 'system');
  const [last] = automatic;
  if (!last) return null;
  const identity = identityOfRow(last);
  let attempts = 0;
  let next = momentOf(last);
  for (const row of automatic) {
    if (identityOfRow(row) !== identity || next - momentOf(row) > STREAK_MS) break;
    attempts += 1;
    next = row.createdAt.getTime();
  }
  return { identity, outcome: outcomeOf(last), attempts, at: momentOf(last) };
}

function identityOfRow({ revision, input }: OperationRow): string {
  const prune = typeof input === 'object' && input !== null && 'prune' in input && input['prune'] === true;
  return identityOf(revision, prune);
}

/** One that was ended after everything was applied did its work; one that was stopped before is not begun again. */
function outcomeOf(row: OperationRow): AutomaticAttempt['outcome'] {
  if (row.finishedAt === null) return 'running';
  if (row.phase === 'terminated') return row.appliedAt === null ? 'stopped' : 'succeeded';
  return row.phase === 'succeeded' ? 'succeeded' : 'failed';
}

const momentOf = (row: OperationRow) => (row.finishedAt ?? row.createdAt).getTime();

async function place(
  ctx: WorkerContext,
  subject: SubjectRow,
  { computed, input }: { computed: ComputedPlan; input: { kind: 'sync'; prune: boolean; hooks?: boolean } },
): Promise<void> {
  const isDone = ({ action, selected }: PlannedObject) => action === 'unchanged' || action === 'hook' || !selected;
  if (computed.survey.planned.every(isDone)) {
    if (subject.state?.deployedSha === computed.survey.revision) return;
  }
  const now = ctx.clock.now();
  const { survey, result, hash } = computed;
  await inTransaction(ctx.database, async (transaction) => {
    const { tx } = transaction;
    const requested = {
      applicationId: subject.id,
      kind: 'sync' as const,
      input,
      requestedBy: ctx.actor.id,
      createdAt: now,
    };
    const { id } = await insertPlan(tx, requested);
    await completePlan(tx, id, { revision: survey.revision, setId: survey.setId, hash, result, readyAt: now });
    const plan = await findPlan(tx, id);
    if (!plan) return;
    const yields = (active: OperationRow) => isOutdated(active, survey.revision);
    const supersedes = await supersedeWaiting(ctx, transaction, { subject, yields });
    await placeOperation(ctx, transaction, { subject, plan, supersedes });
  });
}

/** The refusal is written where a person looks, once per wording. */
async function refuse(ctx: WorkerContext, subject: SubjectRow, message: string): Promise<void> {
  const error = maskText(`Automatic sync refused: ${message}`);
  if (subject.state?.error === error) return;
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await tx.applicationState.updateMany({
      where: { applicationId: subject.id },
      data: { error, errorStep: 'operation', digest: '' },
    });
    await recordAudit(ctx, tx, {
      verb: 'sync.request',
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'refused',
      reason: error,
    });
    changed(`application:${subject.id}`, 'audit');
  });
}
