import { byConditions } from '../patterns.ts';

/** Since Cilium 1.16 the agents tell by Valid whether the rules can be read; older ones write nothing. Argo CD has no rule. */
export const ciliumPolicyHealth = byConditions({ ready: ['Valid'], untold: 'Healthy' });
