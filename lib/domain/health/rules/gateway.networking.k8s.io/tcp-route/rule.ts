import type { HealthRule } from '../../rule.ts';
import { routeHealth } from '../shared.ts';

/** As HTTPRoute; a port alone decides, so it is often a listener that refuses. */
export const tcpRouteHealth: HealthRule = routeHealth;
