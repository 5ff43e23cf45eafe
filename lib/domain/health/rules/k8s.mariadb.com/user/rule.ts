import { mariaDBObjectHealth } from '../shared.ts';

export const mariaDBUserHealth = mariaDBObjectHealth;
