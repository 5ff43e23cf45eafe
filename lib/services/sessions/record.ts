import { findUser, findUserByEmail } from '#lib/database/people.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { PERMISSIONS, can } from '#lib/domain/policy/roles.ts';
import type { SessionView } from '#lib/contracts/session.ts';
import { recordAudit } from '../audit/record.ts';
import type { Actor, Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { roleOf } from '../people/view.ts';

/** Who is signed in, as the console shows it. Errors: not-found. */
export async function readSessionView(ctx: Context, userId: string): Promise<SessionView> {
  const row = await findUser(ctx.database.prisma, userId);
  if (!row) throw notFound('person', userId);
  const role = roleOf(row.role);
  return {
    user: { id: row.id, name: row.name, email: row.email, role },
    permissions: PERMISSIONS.filter((permission) => can(role, permission)),
  };
}

/** Audits that somebody signed in or out; the actor is the person itself, whoever the context names. */
export async function recordSession(
  ctx: Context,
  event: { verb: 'session.start' | 'session.end'; userId: string },
): Promise<void> {
  const row = await findUser(ctx.database.prisma, event.userId);
  if (!row) throw notFound('person', event.userId);
  const actor: Actor = { kind: 'user', id: row.id, name: row.name, role: roleOf(row.role) };
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const target = { kind: 'session' as const, id: row.id, name: row.name };
    await recordAudit({ ...ctx, actor }, tx, { verb: event.verb, target, outcome: 'succeeded' });
    // Open streams of a session that ended look again who they serve.
    changed('audit', ...(event.verb === 'session.end' ? (['people'] as const) : []));
  });
}

/** Audits a refused sign-in. `suppressed` = how many since the last event were counted but not written. */
export async function recordFailedSignIn(ctx: Context, event: { email: string; suppressed: number }): Promise<void> {
  const known = await findUserByEmail(ctx.database.prisma, event.email);
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await recordAudit(ctx, tx, {
      verb: 'session.start',
      // A mistyped e-mail may be a password: only that of an account is kept.
      target: { kind: 'session', id: known?.id ?? '', name: known?.email ?? 'unknown e-mail' },
      outcome: 'refused',
      reason: known?.disabledAt ? 'shut out' : 'wrong e-mail or password',
      detail: { suppressed: event.suppressed },
    });
    changed('audit');
  });
}
