import type { HealthRule } from '../../rule.ts';
import { routeHealth } from '../shared.ts';

/** Argo CD asks at least one condition to name the generation; one that names none is taken as current here. */
export const httpRouteHealth: HealthRule = routeHealth;
