import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import {
  countUsers,
  deleteFirstAdminInvitations,
  insertInvitation,
  insertUser,
  lockAccounts,
} from '#lib/database/people.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { joinUrl, newToken, tokenHashOf } from './token.ts';

const LINK_HOURS = 24;

/** What a start found or made. `link`: whoever opens it becomes the first admin. */
export type FirstAdmin =
  | { state: 'present' }
  | { state: 'created'; email: string }
  | { state: 'invited'; url: string; expiresAt: Date };

/**
 * Makes sure that somebody can sign in. While nobody has an account: makes the unattended admin where one is given, else
 * a new one-time link, which replaces the one of an earlier start. Asks no permission: it is the start itself.
 */
export async function ensureFirstAdmin(
  ctx: Context,
  unattended?: { email: string; password: string },
): Promise<FirstAdmin> {
  if ((await countUsers(ctx.database.prisma)) > 0) return { state: 'present' };
  const passwordHash = unattended ? await hashPassword(unattended.password) : '';
  return inTransaction(ctx.database, async ({ tx, changed }): Promise<FirstAdmin> => {
    await lockAccounts(tx);
    if ((await countUsers(tx)) > 0) return { state: 'present' };
    await deleteFirstAdminInvitations(tx);
    changed('people', 'audit');
    const now = ctx.clock.now();
    if (unattended) {
      const user = await insertUser(tx, {
        id: randomUUID(),
        accountId: randomUUID(),
        name: unattended.email.split('@')[0] ?? 'admin',
        email: unattended.email,
        role: 'admin',
        passwordHash,
        at: now,
      });
      await recordAudit(ctx, tx, {
        verb: 'person.join',
        target: { kind: 'person', id: user.id, name: user.name },
        outcome: 'succeeded',
        reason: 'first admin, named by the environment',
        detail: { role: 'admin' },
      });
      return { state: 'created', email: user.email };
    }
    const token = newToken();
    const expiresAt = new Date(now.getTime() + LINK_HOURS * 3_600_000);
    const row = await insertInvitation(tx, {
      tokenHash: tokenHashOf(token),
      email: null,
      role: 'admin',
      invitedBy: null,
      createdAt: now,
      expiresAt,
    });
    await recordAudit(ctx, tx, {
      verb: 'person.invite',
      target: { kind: 'person', id: row.id, name: 'first admin' },
      outcome: 'succeeded',
      reason: 'one-time link printed at start',
      detail: { role: 'admin' },
    });
    return { state: 'invited', url: joinUrl(ctx.policy.origin, token), expiresAt };
  });
}
