import type { HealthRule } from '../../rule.ts';
import { ciliumPolicyHealth } from '../shared.ts';

/** For the whole cluster. */
export const ciliumClusterwideNetworkPolicyHealth: HealthRule = ciliumPolicyHealth;
