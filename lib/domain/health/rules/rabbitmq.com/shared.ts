import { byConditions } from '../patterns.ts';
import type { HealthRule } from '../rule.ts';

/** What the topology operator keeps inside the broker: one condition, False until the broker took the newest spec. */
export const rabbitmqTopologyHealth: HealthRule = byConditions({ ready: ['Ready'] });
