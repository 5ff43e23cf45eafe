import type { Query } from '#lib/client/api.ts';
import { askedFrom, type Range } from './axis.ts';

export const DRIFT_STATES = ['open', 'closed', 'all'] as const;

/** The ledger as the address says: `now` in epoch milliseconds. */
export function driftQuery({
  state,
  q,
  range,
  now,
}: {
  state: (typeof DRIFT_STATES)[number];
  q: string;
  range: Range;
  now: number;
}): { query: Query<'listDrift'> } {
  return { query: { state, limit: 200, from: askedFrom(range, now), ...(q === '' ? {} : { query: q }) } };
}
