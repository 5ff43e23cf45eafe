import { byPhase } from '../../patterns.ts';

/** `walArchivingFailing` keeps a backup waiting for WAL that never comes, so it counts as a failure (Argo CD agrees). */
export const cnpgBackupHealth = byPhase({
  message: ['status', 'error'],
  healthy: ['completed'],
  degraded: ['failed', 'walArchivingFailing', 'invalid backup definition'],
});
