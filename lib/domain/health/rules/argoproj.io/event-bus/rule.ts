import { byConditions } from '../../patterns.ts';

/** Deployed is the service of the bus, Configured its clients; Argo CD reads only the first. */
export const eventBusHealth = byConditions({ ready: ['Deployed', 'Configured'] });
