import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux kind; a push that Git refuses makes Ready False. */
export const imageUpdateAutomationHealth: HealthRule = fluxHealth;
