import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux source. */
export const bucketHealth: HealthRule = fluxHealth;
