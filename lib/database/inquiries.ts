import type { Prisma } from './generated/client.ts';
import type { InquiryModel } from './generated/models/Inquiry.ts';
import type { Reader } from './reader.ts';

export type InquiryRow = InquiryModel;

export async function insertInquiry(
  tx: Reader,
  inquiry: {
    id: string;
    kind: string;
    subject: Prisma.InputJsonValue;
    sealed: { keyId: string; ciphertext: Uint8Array } | null;
    requestedBy: string;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  const { sealed, ...data } = inquiry;
  await tx.inquiry.create({
    data: {
      ...data,
      sealedKeyId: sealed?.keyId ?? null,
      sealed: sealed ? Buffer.from(sealed.ciphertext) : null,
    },
  });
}

export async function findInquiry(tx: Reader, id: string): Promise<InquiryRow | null> {
  return tx.inquiry.findUnique({ where: { id } });
}

/** Stores the answer once and clears the sealed credential; false when it was answered before or has expired. */
export async function answerInquiry(
  tx: Reader,
  id: string,
  answer: { answer?: Prisma.InputJsonValue; error?: string; answeredAt: Date },
): Promise<boolean> {
  const { count } = await tx.inquiry.updateMany({
    where: { id, answeredAt: null },
    data: { ...answer, sealed: null, sealedKeyId: null },
  });
  return count === 1;
}

/** Removes questions nobody waits for any more. */
export async function deleteExpiredInquiries(tx: Reader, now: Date): Promise<number> {
  const { count } = await tx.inquiry.deleteMany({ where: { expiresAt: { lt: now } } });
  return count;
}
