import type { HealthRule } from '../../rule.ts';
import { promoterHealth } from '../shared.ts';

/** A Git host and the login to it. */
export const promoterScmProviderHealth: HealthRule = promoterHealth;
