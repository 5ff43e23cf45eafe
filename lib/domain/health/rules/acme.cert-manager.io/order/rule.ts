import type { HealthRule } from '../../rule.ts';
import { acmeHealth } from '../shared.ts';

/** One order of a certificate; a failed one is never tried again, its request makes a new one. */
export const orderHealth: HealthRule = acmeHealth;
