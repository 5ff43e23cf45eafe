import type { HealthRule } from '../../rule.ts';
import { ciliumPolicyHealth } from '../shared.ts';

/** For one namespace. */
export const ciliumNetworkPolicyHealth: HealthRule = ciliumPolicyHealth;
