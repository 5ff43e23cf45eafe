import type { JobKind } from '#lib/database/queue.ts';

/** How many jobs of a kind run at once, and how many of them for one cluster or repository, or for all that are silent. */
export interface Slots {
  total: number;
  perGroup: number;
}

/** A slow cluster or repository fills only `perGroup`; what waits for the outside is given more than what computes. */
export const DEFAULT_SLOTS: Record<JobKind, Slots> = {
  fetch: { total: 12, perGroup: 4 },
  render: { total: 4, perGroup: 3 },
  compare: { total: 16, perGroup: 4 },
  plan: { total: 12, perGroup: 3 },
  operate: { total: 24, perGroup: 6 },
  'await-health': { total: 24, perGroup: 8 },
  'auto-sync': { total: 12, perGroup: 4 },
  pins: { total: 2, perGroup: 2 },
  suspensions: { total: 2, perGroup: 2 },
  inquiry: { total: 16, perGroup: 4 },
  recheck: { total: 1, perGroup: 1 },
};
