import type { PeopleView } from '#lib/contracts/session.ts';
import { listOpenInvitations, listPeople as readPeople } from '#lib/database/people.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { personOf, roleOf } from './view.ts';

/** Everybody with an account, and who was invited and has not come yet. Errors: forbidden. */
export async function listPeople(ctx: Context): Promise<PeopleView> {
  await requirePermission(ctx, 'people:read');
  const { prisma } = ctx.database;
  const [people, invitations] = await Promise.all([readPeople(prisma), listOpenInvitations(prisma, ctx.clock.now())]);
  return {
    people: people.map(personOf),
    invitations: invitations.map((row) => ({
      id: row.id,
      email: row.email,
      role: roleOf(row.role),
      expiresAt: row.expiresAt.toISOString(),
    })),
  };
}
