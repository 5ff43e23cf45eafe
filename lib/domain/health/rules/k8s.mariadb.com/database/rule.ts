import { mariaDBObjectHealth } from '../shared.ts';

export const mariaDBDatabaseHealth = mariaDBObjectHealth;
