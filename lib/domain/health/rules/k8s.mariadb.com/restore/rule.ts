import { mariaDBRunHealth } from '../shared.ts';

export const mariaDBRestoreHealth = mariaDBRunHealth;
