import type { HealthRule } from '../../rule.ts';
import { anyIssuerHealth } from '../shared.ts';

/** For the whole cluster. */
export const clusterIssuerHealth: HealthRule = anyIssuerHealth;
