import { byPhase } from '../../patterns.ts';

/** Velero asks the store again and again; unavailable means that no backup can be written or read. */
export const backupStorageLocationHealth = byPhase({ healthy: ['Available'], degraded: ['Unavailable'] });
