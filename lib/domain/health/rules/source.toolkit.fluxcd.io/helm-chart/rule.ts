import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux source; a chart that cannot be found or built makes Ready False. */
export const helmChartHealth: HealthRule = fluxHealth;
