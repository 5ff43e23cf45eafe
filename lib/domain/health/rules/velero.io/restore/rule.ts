import { veleroRunHealth } from '../shared.ts';

export const veleroRestoreHealth = veleroRunHealth;
