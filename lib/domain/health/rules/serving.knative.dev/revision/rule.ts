import type { HealthRule } from '../../rule.ts';
import { knativeHealth } from '../shared.ts';

/** Active is False once it is scaled to nothing, which is no failure. */
export const knativeRevisionHealth: HealthRule = knativeHealth;
