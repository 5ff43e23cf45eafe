import { byPhase } from '../../patterns.ts';

export const redisClusterHealth = byPhase({
  path: ['status', 'state'],
  message: ['status', 'reason'],
  healthy: ['Ready'],
  degraded: ['Failed'],
});
