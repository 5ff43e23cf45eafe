/** A pin or a suspension, as far as its end goes. */
export interface Hold {
  createdAt: Date;
  expiresAt: Date;
  announcedAt: Date | null;
}

/** A hold's end is announced this long before, or at half its life when it is shorter than twice that. */
const ANNOUNCE_MS = 15 * 60_000;

/** When the coming expiry is to be announced. */
export function announceAt(hold: Pick<Hold, 'createdAt' | 'expiresAt'>): Date {
  const life = hold.expiresAt.getTime() - hold.createdAt.getTime();
  return new Date(hold.expiresAt.getTime() - Math.min(ANNOUNCE_MS, life / 2));
}

/** When there is something to do about a hold next. */
export function dueAt(hold: Hold): Date {
  return hold.announcedAt === null ? announceAt(hold) : hold.expiresAt;
}

/** Announces or ends a hold as the clock says; answers the milliseconds until there is something to do again, null when it is over. */
export async function tendHold(
  { hold, now }: { hold: Hold; now: Date },
  acts: { announce: () => Promise<void>; end: () => Promise<void> },
): Promise<number | null> {
  if (hold.expiresAt <= now) {
    await acts.end();
    return null;
  }
  const due = announceAt(hold);
  if (hold.announcedAt === null && due <= now) await acts.announce();
  const next = hold.announcedAt === null && due > now ? due : hold.expiresAt;
  return Math.max(1, next.getTime() - now.getTime());
}
