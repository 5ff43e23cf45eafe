import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  INQUIRY_ANSWERS,
  INQUIRY_SUBJECTS,
  type InquiryAnswer,
  type InquiryKind,
  type InquirySubject,
} from '#lib/contracts/inquiries.ts';
import { deleteExpiredInquiries, findInquiry, insertInquiry, type InquiryRow } from '#lib/database/inquiries.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** Binds a sealed credential to its question. */
export const inquiryPurpose = (inquiryId: string) => `inquiry:${inquiryId}`;

/** Wakes whoever waits when a key changes. Answers true when it did, false after `waitMs`. */
export type WaitForChange = (key: `inquiry:${string}`, waitMs: number) => Promise<boolean>;

const DEFAULT_WAIT_MS = 30_000;
/** A notification may be missed while the database reconnects, so the row is read now and then anyway. */
const POLL_MS = 1_000;

export interface Question<Kind extends InquiryKind> {
  kind: Kind;
  subject: InquirySubject<Kind>;
  /** JSON of a credential not yet registered; kept sealed, and only until it is answered. */
  secret?: string;
  waitMs?: number;
}

/**
 * Asks a worker, which alone reaches clusters and repositories, and waits for the answer. The caller has checked access.
 * Errors: unavailable (no worker answered in time, or it could not).
 */
export async function ask<Kind extends InquiryKind>(
  ctx: Context,
  question: Question<Kind>,
  wait: WaitForChange = sleepOnly,
): Promise<InquiryAnswer<Kind>> {
  const id = randomUUID();
  const waitMs = question.waitMs ?? DEFAULT_WAIT_MS;
  const now = ctx.clock.now();
  const first = wait(`inquiry:${id}`, POLL_MS);
  await inTransaction(ctx.database, async ({ tx, enqueue }) => {
    await deleteExpiredInquiries(tx, now);
    await insertInquiry(tx, {
      id,
      kind: question.kind,
      subject: z.record(z.string(), z.json()).parse(INQUIRY_SUBJECTS[question.kind].parse(question.subject)),
      sealed: question.secret === undefined ? null : ctx.keyring.seal(question.secret, inquiryPurpose(id)),
      requestedBy: ctx.actor.id,
      createdAt: now,
      expiresAt: new Date(now.getTime() + waitMs * 2),
    });
    enqueue({ kind: 'inquiry', key: id });
  });
  const row = await waitForAnswer(ctx, id, { waitMs, wait, first });
  if (!row) {
    throw new ServiceError(
      'unavailable',
      `No worker answered within ${Math.round(waitMs / 1_000)} s. Is the worker process running?`,
    );
  }
  if (row.error !== null) throw new ServiceError('unavailable', row.error);
  return answerOf(question.kind, row);
}

function answerOf<Kind extends InquiryKind>(kind: Kind, row: InquiryRow): InquiryAnswer<Kind> {
  // The schema is the one the type comes from; the compiler cannot follow a lookup by a type parameter.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return INQUIRY_ANSWERS[kind].parse(row.answer) as InquiryAnswer<Kind>;
}

async function waitForAnswer(
  ctx: Context,
  id: string,
  { waitMs, wait, first }: { waitMs: number; wait: WaitForChange; first: Promise<boolean> },
): Promise<InquiryRow | null> {
  const deadline = performance.now() + waitMs;
  let next = first;
  for (;;) {
    await next;
    const row = await findInquiry(ctx.database.prisma, id);
    if (row?.answeredAt) return row;
    const left = deadline - performance.now();
    if (left <= 0) return null;
    next = wait(`inquiry:${id}`, Math.min(POLL_MS, left));
  }
}

const sleepOnly: WaitForChange = (_key, waitMs) =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), Math.min(waitMs, 200));
  });
