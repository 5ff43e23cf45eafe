import type { HealthRule } from '../../rule.ts';
import { istioHealth } from '../shared.ts';

/** Not the Gateway of the Gateway API. */
export const istioGatewayHealth: HealthRule = istioHealth;
