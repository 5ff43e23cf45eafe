import type { HealthRule } from '../../rule.ts';
import { anyIssuerHealth } from '../shared.ts';

/** For one namespace. */
export const issuerHealth: HealthRule = anyIssuerHealth;
