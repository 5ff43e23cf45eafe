import type { Query } from '#lib/client/api.ts';

export const DRIFT_STATES = ['open', 'closed', 'all'] as const;

/** The ledger as the address says. */
export function driftQuery({ state, q }: { state: (typeof DRIFT_STATES)[number]; q: string }): {
  query: Query<'listDrift'>;
} {
  return { query: { state, limit: 200, ...(q === '' ? {} : { query: q }) } };
}
