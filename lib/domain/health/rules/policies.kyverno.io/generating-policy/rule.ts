import type { HealthRule } from '../../rule.ts';
import { celPolicyHealth } from '../shared.ts';

/** For the whole cluster. */
export const generatingPolicyHealth: HealthRule = celPolicyHealth;
