import type { HealthRule } from '../../rule.ts';
import { storeHealth } from '../shared.ts';

/** For one namespace. */
export const secretStoreHealth: HealthRule = storeHealth;
