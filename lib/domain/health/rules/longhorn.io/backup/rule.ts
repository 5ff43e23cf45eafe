import { byPhase } from '../../patterns.ts';

/** Unknown is a final state too: what became of the backup cannot be found out any more. */
export const longhornBackupHealth = byPhase({
  path: ['status', 'state'],
  message: ['status', 'error'],
  healthy: ['Completed'],
  degraded: ['Error', 'Unknown'],
});
