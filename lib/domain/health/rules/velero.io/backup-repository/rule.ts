import { byPhase } from '../../patterns.ts';

/** Where file backups of one namespace live. */
export const backupRepositoryHealth = byPhase({ healthy: ['Ready'], degraded: ['NotReady'] });
