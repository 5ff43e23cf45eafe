import type { HealthRule } from '../../rule.ts';
import { knativeHealth } from '../shared.ts';

/** Ready when its newest revision is. */
export const knativeConfigurationHealth: HealthRule = knativeHealth;
