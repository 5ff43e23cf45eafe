import { byConditions } from '../patterns.ts';

/** Knative's own rule for conditions: Ready sums up all that matter, Unknown is on its way, the others may be information only. */
export const knativeHealth = byConditions({ ready: ['Ready'] });
