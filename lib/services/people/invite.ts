import type { z } from 'zod';
import { type InvitationLink, invitePersonInput } from '#lib/contracts/session.ts';
import { deleteOpenInvitation, findUserByEmail, insertInvitation } from '#lib/database/people.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound, ServiceError } from '../errors.ts';
import { joinUrl, newToken, tokenHashOf } from './token.ts';

const INVITATION_HOURS = 72;

/** Makes a one-time link. Its token is answered here and never again. Errors: forbidden (audited), conflict. */
export async function invitePerson(ctx: Context, input: z.input<typeof invitePersonInput>): Promise<InvitationLink> {
  const target = { kind: 'person' as const, id: '', name: input.email };
  await requirePermission(ctx, 'people:write', { verb: 'person.invite', target });
  const { email, role } = invitePersonInput.parse(input);
  if (await findUserByEmail(ctx.database.prisma, email)) {
    throw new ServiceError('conflict', `${email} has an account already.`, {
      fields: [{ path: 'email', message: 'has an account already' }],
    });
  }
  const token = newToken();
  const now = ctx.clock.now();
  return inTransaction(ctx.database, async ({ tx, changed }) => {
    const row = await insertInvitation(tx, {
      tokenHash: tokenHashOf(token),
      email: email.toLowerCase(),
      role,
      invitedBy: ctx.actor.id,
      createdAt: now,
      expiresAt: new Date(now.getTime() + INVITATION_HOURS * 3_600_000),
    });
    await recordAudit(ctx, tx, {
      verb: 'person.invite',
      target: { kind: 'person', id: row.id, name: email },
      outcome: 'succeeded',
      detail: { role },
    });
    changed('people', 'audit');
    return { id: row.id, url: joinUrl(ctx.policy.origin, token), expiresAt: row.expiresAt.toISOString() };
  });
}

/** Withdraws a link that nobody has used. Errors: forbidden (audited), not-found. */
export async function withdrawInvitation(ctx: Context, input: { id: string }): Promise<void> {
  const target = { kind: 'person' as const, id: input.id, name: '' };
  await requirePermission(ctx, 'people:write', { verb: 'person.invite', target });
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const row = await deleteOpenInvitation(tx, input.id);
    if (!row) throw notFound('open invitation', input.id);
    await recordAudit(ctx, tx, {
      verb: 'person.invite',
      target: { ...target, name: row.email ?? 'first admin' },
      outcome: 'succeeded',
      reason: 'withdrawn',
    });
    changed('people', 'audit');
  });
}
