import { byConditions } from '../../patterns.ts';

/** Ready is False at every poll while it reconciles, so Healthy decides: its sources can be read (conditions.go). */
export const warehouseHealth = byConditions({ ready: ['Healthy'], trouble: ['Stalled'] });
