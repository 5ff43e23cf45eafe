import type { HealthRule } from '../../rule.ts';
import { routeHealth } from '../shared.ts';

/** As HTTPRoute; TLS is passed through by the name the client asks for. */
export const tlsRouteHealth: HealthRule = routeHealth;
