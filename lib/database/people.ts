import type { InvitationModel } from './generated/models/Invitation.ts';
import type { UserModel } from './generated/models/User.ts';
import type { Reader } from './reader.ts';

export type UserRow = UserModel;
export type InvitationRow = InvitationModel;
/** A person with the time of the last use of any session. */
export type PersonRow = UserRow & { lastSeenAt: Date | null };

export async function countUsers(tx: Reader): Promise<number> {
  return tx.user.count();
}

export async function findUser(tx: Reader, id: string): Promise<UserRow | null> {
  return tx.user.findUnique({ where: { id } });
}

export async function findUserByEmail(tx: Reader, email: string): Promise<UserRow | null> {
  return tx.user.findUnique({ where: { email: email.toLowerCase() } });
}

export async function listPeople(tx: Reader): Promise<PersonRow[]> {
  const rows = await tx.user.findMany({
    include: { sessions: { select: { updatedAt: true }, orderBy: { updatedAt: 'desc' }, take: 1 } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ sessions, ...user }) => ({ ...user, lastSeenAt: sessions[0]?.updatedAt ?? null }));
}

/** Admins who may sign in, locked so that two demotions at once cannot both pass. */
export async function lockActiveAdmins(tx: Reader): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "User" WHERE role = 'admin' AND "disabledAt" IS NULL ORDER BY id FOR UPDATE`;
  return rows.map((row) => row.id);
}

/** Serialises whoever makes accounts, so that only one becomes the first. */
export async function lockAccounts(tx: Reader): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('quarterdeck-accounts'))::text`;
}

export interface NewUser {
  id: string;
  name: string;
  email: string;
  role: string;
  passwordHash: string;
  accountId: string;
  at: Date;
}

/** A person with a password. The e-mail is kept in lower case. */
export async function insertUser(tx: Reader, user: NewUser): Promise<UserRow> {
  const row = await tx.user.create({
    data: {
      id: user.id,
      name: user.name,
      email: user.email.toLowerCase(),
      emailVerified: true,
      role: user.role,
      createdAt: user.at,
    },
  });
  await tx.account.create({
    data: {
      id: user.accountId,
      accountId: user.id,
      providerId: 'credential',
      userId: user.id,
      password: user.passwordHash,
      createdAt: user.at,
    },
  });
  return row;
}

export async function updateUser(
  tx: Reader,
  id: string,
  change: { role?: string; disabledAt?: Date | null },
): Promise<UserRow> {
  return tx.user.update({ where: { id }, data: change });
}

export async function deleteSessionsOf(tx: Reader, userId: string): Promise<number> {
  const { count } = await tx.session.deleteMany({ where: { userId } });
  return count;
}

export type NewInvitation = Pick<
  InvitationRow,
  'tokenHash' | 'email' | 'role' | 'invitedBy' | 'expiresAt' | 'createdAt'
>;

export async function insertInvitation(tx: Reader, invitation: NewInvitation): Promise<InvitationRow> {
  return tx.invitation.create({ data: invitation });
}

export async function listOpenInvitations(tx: Reader, now: Date): Promise<InvitationRow[]> {
  return tx.invitation.findMany({ where: { usedAt: null, expiresAt: { gt: now } }, orderBy: { createdAt: 'desc' } });
}

export async function findOpenInvitation(tx: Reader, tokenHash: string, now: Date): Promise<InvitationRow | null> {
  return tx.invitation.findFirst({ where: { tokenHash, usedAt: null, expiresAt: { gt: now } } });
}

/** Uses an invitation once; false when somebody was faster. */
export async function useInvitation(tx: Reader, id: string, used: { usedAt: Date; usedBy: string }): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({ where: { id, usedAt: null }, data: used });
  return count === 1;
}

/** Withdraws an open invitation; null when there is none. */
export async function deleteOpenInvitation(tx: Reader, id: string): Promise<InvitationRow | null> {
  const row = await tx.invitation.findFirst({ where: { id, usedAt: null } });
  if (row) await tx.invitation.delete({ where: { id } });
  return row;
}

/** Withdraws links nobody invited to: those of a first admin. */
export async function deleteFirstAdminInvitations(tx: Reader): Promise<void> {
  await tx.invitation.deleteMany({ where: { invitedBy: null, usedAt: null } });
}
