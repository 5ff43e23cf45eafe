import type { HealthRule } from '../../rule.ts';
import { istioHealth } from '../shared.ts';

/** Subsets and policies of a host. */
export const istioDestinationRuleHealth: HealthRule = istioHealth;
