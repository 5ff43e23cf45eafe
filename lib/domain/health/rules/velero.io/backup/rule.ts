import { veleroRunHealth } from '../shared.ts';

export const veleroBackupHealth = veleroRunHealth;
