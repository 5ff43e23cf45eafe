import type { HealthRule } from '../../rule.ts';
import { routeHealth } from '../shared.ts';

/** As HTTPRoute. */
export const grpcRouteHealth: HealthRule = routeHealth;
