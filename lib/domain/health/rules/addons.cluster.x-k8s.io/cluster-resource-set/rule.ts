import { byConditions } from '../../patterns.ts';

/** One condition: whether its resources were applied to the clusters it selects. */
export const clusterResourceSetHealth = byConditions({ ready: ['ResourcesApplied'], seenOnSuccess: true });
