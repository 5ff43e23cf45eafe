import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux kind; while the first scan runs Ready is still False. */
export const imageRepositoryHealth: HealthRule = fluxHealth;
