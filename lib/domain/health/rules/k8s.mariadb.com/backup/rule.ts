import { mariaDBRunHealth } from '../shared.ts';

export const mariaDBBackupHealth = mariaDBRunHealth;
