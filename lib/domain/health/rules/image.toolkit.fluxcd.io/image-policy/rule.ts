import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** As any Flux kind; while the policy is applied Ready is still False. */
export const imagePolicyHealth: HealthRule = fluxHealth;
