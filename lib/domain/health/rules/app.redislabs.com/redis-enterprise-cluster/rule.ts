import { byPhase } from '../../patterns.ts';

/** Recovery goes on by itself but the cluster does not serve meanwhile, so it is told as on its way. */
export const redisEnterpriseClusterHealth = byPhase({
  path: ['status', 'state'],
  healthy: ['Running'],
  degraded: ['Error', 'Invalid', 'InvalidUpgrade'],
});
