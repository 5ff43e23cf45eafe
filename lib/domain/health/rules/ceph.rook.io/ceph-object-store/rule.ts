import { cephResourceHealth } from '../shared.ts';

export const cephObjectStoreHealth = cephResourceHealth;
