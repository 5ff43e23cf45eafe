import type { HealthRule } from '../../rule.ts';
import { knativeHealth } from '../shared.ts';

/** Ready when traffic reaches every revision it names. */
export const knativeRouteHealth: HealthRule = knativeHealth;
