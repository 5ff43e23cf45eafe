import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux source; a signature that cannot be verified makes Ready False. */
export const ociRepositoryHealth: HealthRule = fluxHealth;
