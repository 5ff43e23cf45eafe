import { byConditions } from '../../patterns.ts';

/** From v1beta3 on it is plain configuration without a status; older versions tell Ready. */
export const alertHealth = byConditions({ ready: ['Ready'], suspendedBy: ['spec', 'suspend'], untold: 'Healthy' });
