import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux kind; Ready once its webhook path is made from the token. */
export const receiverHealth: HealthRule = fluxHealth;
