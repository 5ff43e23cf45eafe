import { mariaDBObjectHealth } from '../shared.ts';

export const mariaDBGrantHealth = mariaDBObjectHealth;
