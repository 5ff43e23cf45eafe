import { byPhase } from '../../patterns.ts';

/** One version of an operator: Pending, InstallReady, Installing, Succeeded, Failed, Replacing, Deleting (CSVPhase). */
export const clusterServiceVersionHealth = byPhase({ healthy: ['Succeeded'], degraded: ['Failed'] });
