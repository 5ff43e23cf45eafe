import { byPhase } from '../../patterns.ts';

/** Contour sums up in status.currentStatus: valid, invalid, orphaned (no root includes it, maybe not yet) or NotReconciled. */
export const httpProxyHealth = byPhase({
  path: ['status', 'currentStatus'],
  message: ['status', 'description'],
  healthy: ['valid'],
  degraded: ['invalid'],
});
