import { byConditions } from '../../patterns.ts';

/** One of Ready, Pending, Failed and Degraded is True; Degraded asks for a change of the spec or of the storage secret. */
export const lokiStackHealth = byConditions({ ready: ['Ready'], trouble: ['Degraded', 'Failed'], busy: ['Pending'] });
