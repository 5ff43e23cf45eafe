import type { HealthRule } from '../../rule.ts';
import { storeHealth } from '../shared.ts';

/** For the whole cluster. */
export const clusterSecretStoreHealth: HealthRule = storeHealth;
