import { answerQuestion } from '#lib/services/inquiries/answer.ts';
import type { Reconciler } from '../reconciler.ts';

/** Key = inquiry id. */
export const inquiry: Reconciler = (ctx, inquiryId, signal) => answerQuestion(ctx, inquiryId, signal);
