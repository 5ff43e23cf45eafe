import { syncPolicy, type SyncPolicy } from '#lib/contracts/sync-policy.ts';

/** Sync policy of an application's row as its contract reads it; defaults where nothing was said. */
export function policyOf(row: { syncPolicy: unknown }): SyncPolicy {
  return syncPolicy.parse(row.syncPolicy ?? {});
}
