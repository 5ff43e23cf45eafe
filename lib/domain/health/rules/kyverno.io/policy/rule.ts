import type { HealthRule } from '../../rule.ts';
import { readyPolicyHealth } from '../shared.ts';

/** For one namespace. */
export const policyHealth: HealthRule = readyPolicyHealth;
