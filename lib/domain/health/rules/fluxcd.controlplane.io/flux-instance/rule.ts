import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** Ready once the controllers of this Flux are installed and healthy. */
export const fluxInstanceHealth: HealthRule = operatedHealth;
