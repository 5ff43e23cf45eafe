import type { HealthRule } from '../../rule.ts';
import { readyPolicyHealth } from '../shared.ts';

/** For the whole cluster. */
export const clusterPolicyHealth: HealthRule = readyPolicyHealth;
