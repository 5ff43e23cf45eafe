import { cephResourceHealth } from '../shared.ts';

export const cephObjectStoreUserHealth = cephResourceHealth;
