import type { HealthRule } from '../../rule.ts';
import { routeHealth } from '../shared.ts';

/** As HTTPRoute; a port alone decides. */
export const udpRouteHealth: HealthRule = routeHealth;
