import type { SuspensionModel } from './generated/models/Suspension.ts';
import type { Reader } from './reader.ts';

export type SuspensionRow = SuspensionModel;

/** The suspension in force at a moment; one past its expiry does not hold even before the job that ends it has run. */
export async function findActiveSuspension(
  tx: Reader,
  applicationId: string,
  now: Date,
): Promise<SuspensionRow | null> {
  return tx.suspension.findFirst({ where: { applicationId, endedAt: null, expiresAt: { gt: now } } });
}

/** The suspension not yet ended, expired or not. */
export async function findOpenSuspension(tx: Reader, applicationId: string): Promise<SuspensionRow | null> {
  return tx.suspension.findFirst({ where: { applicationId, endedAt: null } });
}

export async function listOpenSuspensions(tx: Reader): Promise<SuspensionRow[]> {
  return tx.suspension.findMany({ where: { endedAt: null }, orderBy: { expiresAt: 'asc' } });
}

export type NewSuspension = Pick<
  SuspensionRow,
  'applicationId' | 'ownerId' | 'ownerName' | 'reason' | 'expiresAt' | 'createdAt'
>;

/** Until the transaction ends, nobody else suspends or resumes this application. */
export async function lockSuspensions(tx: Reader, applicationId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Application" WHERE id = ${applicationId}::uuid FOR UPDATE`;
}

/** Throws on a second open one of the same application. */
export async function insertSuspension(tx: Reader, suspension: NewSuspension): Promise<SuspensionRow> {
  return tx.suspension.create({ data: suspension });
}

/** Ends a suspension once; false when it had ended already. */
export async function endSuspension(
  tx: Reader,
  id: string,
  end: { endedAt: Date; endedHow: 'expired' | 'released' | 'replaced'; endedBy: string },
): Promise<boolean> {
  const { count } = await tx.suspension.updateMany({ where: { id, endedAt: null }, data: end });
  return count === 1;
}

/** Marks the coming expiry as announced, once. */
export async function markSuspensionAnnounced(tx: Reader, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.suspension.updateMany({
    where: { id, endedAt: null, announcedAt: null },
    data: { announcedAt: at },
  });
  return count === 1;
}
