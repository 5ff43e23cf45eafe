import { byConditions } from '../../patterns.ts';

/** Its group ends like those of Azure Service Operator, but it is Karpenter's; older versions write no status at all. */
export const aksNodeClassHealth = byConditions({ ready: ['Ready'], untold: 'Healthy' });
