import { cephResourceHealth } from '../shared.ts';

export const cephBlockPoolHealth = cephResourceHealth;
