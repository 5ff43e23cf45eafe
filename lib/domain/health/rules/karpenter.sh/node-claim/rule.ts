import { byConditions } from '../../patterns.ts';

/**
 * A node's way: launched, registered, initialised, ready. The first stage not reached is told. Unlike Argo CD no state is
 * Suspended: a node that Karpenter disrupts is being deleted, which is told before any rule.
 */
export const nodeClaimHealth = byConditions({ ready: ['Launched', 'Registered', 'Initialized', 'Ready'] });
