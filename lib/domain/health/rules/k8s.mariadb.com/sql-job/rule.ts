import { mariaDBRunHealth } from '../shared.ts';

export const mariaDBSqlJobHealth = mariaDBRunHealth;
