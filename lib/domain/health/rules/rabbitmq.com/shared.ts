import { byConditions } from '../patterns.ts';

/** What the topology operator keeps inside the broker: one condition, False with the broker's words when it refused. */
export const rabbitmqTopologyHealth = byConditions({ ready: ['Ready'], seenOnSuccess: true });
