import { byPhase } from '../patterns.ts';

/** Pools, file systems and object stores share Rook's phases; external object stores end in Connected. */
export const cephResourceHealth = byPhase({
  healthy: ['Ready', 'Connected'],
  degraded: ['Failure', 'Failed', 'ReconcileFailed'],
});
