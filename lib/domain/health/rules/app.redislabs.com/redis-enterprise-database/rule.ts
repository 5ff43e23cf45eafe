import { byPhase } from '../../patterns.ts';

/** Serves in every state that begins with `active`, and while it imports (availability by database status in Redis' manual). */
export const redisEnterpriseDatabaseHealth = byPhase({
  path: ['status', 'status'],
  healthy: ['active', 'active-change-pending', 'import-pending'],
  degraded: ['creation-failed'],
});
