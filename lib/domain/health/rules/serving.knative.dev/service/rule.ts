import type { HealthRule } from '../../rule.ts';
import { knativeHealth } from '../shared.ts';

/** Ready sums up its configuration and its route. */
export const knativeServiceHealth: HealthRule = knativeHealth;
