import { byConditions } from '../../patterns.ts';

/** Not the Subscription of the Operator Lifecycle Manager. */
export const knativeSubscriptionHealth = byConditions({ ready: ['Ready'] });
