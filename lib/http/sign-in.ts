import type { SessionView } from '#lib/contracts/session.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { readSessionView, recordFailedSignIn, recordSession } from '#lib/services/sessions/record.ts';
import type { WebContext } from '#lib/wiring.ts';
import { openSession } from './auth.ts';
import { Limiter } from './limiter.ts';
import { addressOf } from './request.ts';

const MINUTE = 60_000;
const perEmail = new Limiter({ limit: 10, windowMs: 15 * MINUTE });
const perAddress = new Limiter({ limit: 100, windowMs: 15 * MINUTE });
/** Links that are tried out: nobody guesses one, and nobody may try for long. */
const joins = new Limiter({ limit: 30, windowMs: 15 * MINUTE });
/** At most this many refused sign-ins reach the audit, so that nobody can fill it. */
const audited = new Limiter({ limit: 30, windowMs: MINUTE, keys: 1 });
let suppressed = 0;

const tooMany = () => new ServiceError('rate-limited', 'Too many attempts; wait a quarter of an hour.');

/** Counts an attempt to use a one-time link. Errors: rate-limited. */
export function countJoin(ctx: WebContext, request: Request): void {
  if (!joins.take(addressOf(request), ctx.clock.now().getTime())) throw tooMany();
}

/**
 * Opens a session for e-mail and password: same answer, same work for an unknown e-mail and a wrong password. Sets the
 * cookie on `reply`. Errors: unauthenticated, rate-limited.
 */
export async function signIn(
  ctx: WebContext,
  attempt: { email: string; password: string; request: Request; reply: Headers },
): Promise<SessionView> {
  const email = attempt.email.toLowerCase();
  const now = ctx.clock.now().getTime();
  if (!perEmail.take(email, now) || !perAddress.take(addressOf(attempt.request), now)) {
    throw tooMany();
  }
  const opened = await openSession({ email, password: attempt.password }, attempt.request.headers);
  if (!opened) {
    await auditRefusal(ctx, email, now);
    throw new ServiceError('unauthenticated', 'E-mail or password is wrong.');
  }
  perEmail.clear(email);
  await recordSession(ctx, { verb: 'session.start', userId: opened.userId });
  for (const cookie of opened.cookies) attempt.reply.append('set-cookie', cookie);
  return readSessionView(ctx, opened.userId);
}

async function auditRefusal(ctx: WebContext, email: string, now: number): Promise<void> {
  if (!audited.take('all', now)) {
    suppressed += 1;
    return;
  }
  const before = suppressed;
  suppressed = 0;
  await recordFailedSignIn(ctx, { email, suppressed: before });
}
