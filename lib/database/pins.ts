import type { PinModel } from './generated/models/Pin.ts';
import type { Reader } from './reader.ts';

export type PinRow = PinModel;

/** The pin in force at a moment; one past its expiry does not hold even before the job that ends it has run. */
export async function findActivePin(tx: Reader, applicationId: string, now: Date): Promise<PinRow | null> {
  return tx.pin.findFirst({ where: { applicationId, endedAt: null, expiresAt: { gt: now } } });
}

/** The pin not yet ended, expired or not. */
export async function findOpenPin(tx: Reader, applicationId: string): Promise<PinRow | null> {
  return tx.pin.findFirst({ where: { applicationId, endedAt: null } });
}

export async function listOpenPins(tx: Reader): Promise<PinRow[]> {
  return tx.pin.findMany({ where: { endedAt: null }, orderBy: { expiresAt: 'asc' } });
}

export type NewPin = Pick<
  PinRow,
  | 'applicationId'
  | 'revision'
  | 'setId'
  | 'deploymentId'
  | 'ownerId'
  | 'ownerName'
  | 'reason'
  | 'expiresAt'
  | 'createdAt'
>;

export async function insertPin(tx: Reader, pin: NewPin): Promise<PinRow> {
  return tx.pin.create({ data: pin });
}

/** Ends a pin once; false when it had ended already. */
export async function endPin(
  tx: Reader,
  id: string,
  end: { endedAt: Date; endedHow: 'expired' | 'released' | 'replaced'; endedBy: string },
): Promise<boolean> {
  const { count } = await tx.pin.updateMany({ where: { id, endedAt: null }, data: end });
  return count === 1;
}

/** Marks the coming expiry as announced, once. */
export async function markPinAnnounced(tx: Reader, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.pin.updateMany({
    where: { id, endedAt: null, announcedAt: null },
    data: { announcedAt: at },
  });
  return count === 1;
}
