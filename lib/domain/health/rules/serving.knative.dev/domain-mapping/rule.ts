import type { HealthRule } from '../../rule.ts';
import { knativeHealth } from '../shared.ts';

/** Ready when its name leads to its service. */
export const knativeDomainMappingHealth: HealthRule = knativeHealth;
