import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { z } from 'zod';
import { type InvitationOffer, joinInput } from '#lib/contracts/session.ts';
import {
  findOpenInvitation,
  findUserByEmail,
  insertUser,
  lockAccounts,
  useInvitation,
  type UserRow,
} from '#lib/database/people.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { tokenHashOf } from './token.ts';
import { roleOf } from './view.ts';

const spent = () =>
  new ServiceError('not-found', 'This link was used, withdrawn or is too old. Ask an admin for a new one.');

/** What a link offers, without using it. Errors: not-found. */
export async function readInvitation(ctx: Context, input: { token: string }): Promise<InvitationOffer> {
  const row = await findOpenInvitation(ctx.database.prisma, tokenHashOf(input.token), ctx.clock.now());
  if (!row) throw spent();
  return { email: row.email, role: roleOf(row.role), expiresAt: row.expiresAt.toISOString() };
}

/**
 * Makes an account with a one-time link; the link is what allows it, so no permission is asked. Errors: invalid,
 * not-found, conflict.
 */
export async function join(ctx: Context, input: z.input<typeof joinInput>): Promise<{ id: string; email: string }> {
  const wanted = joinInput.parse(input);
  const tokenHash = tokenHashOf(wanted.token);
  if (!(await findOpenInvitation(ctx.database.prisma, tokenHash, ctx.clock.now()))) throw spent();
  const passwordHash = await hashPassword(wanted.password);
  const row = await inTransaction(ctx.database, async ({ tx, changed }) => {
    await lockAccounts(tx);
    const now = ctx.clock.now();
    const invitation = await findOpenInvitation(tx, tokenHash, now);
    if (!invitation) throw spent();
    if (invitation.email !== null && invitation.email !== wanted.email.toLowerCase()) {
      throw new ServiceError('invalid', 'email: the invitation is for another address', {
        fields: [{ path: 'email', message: 'the invitation is for another address' }],
      });
    }
    if (await findUserByEmail(tx, wanted.email)) {
      throw new ServiceError('conflict', `${wanted.email} has an account already; sign in instead.`, {
        fields: [{ path: 'email', message: 'has an account already' }],
      });
    }
    const user = await insertUser(tx, {
      id: randomUUID(),
      accountId: randomUUID(),
      name: wanted.name,
      email: wanted.email,
      role: roleOf(invitation.role),
      passwordHash,
      at: now,
    });
    if (!(await useInvitation(tx, invitation.id, { usedAt: now, usedBy: user.id }))) throw spent();
    await recordAudit(asPerson(ctx, user), tx, {
      verb: 'person.join',
      target: { kind: 'person', id: user.id, name: user.name },
      outcome: 'succeeded',
      detail: { role: user.role, invitedBy: invitation.invitedBy ?? 'first start' },
    });
    changed('people', 'audit');
    return user;
  });
  return { id: row.id, email: row.email };
}

function asPerson(ctx: Context, user: UserRow): Context {
  return { ...ctx, actor: { kind: 'user', id: user.id, name: user.name, role: roleOf(user.role) } };
}
