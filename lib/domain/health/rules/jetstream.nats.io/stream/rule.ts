import { jetStreamHealth } from '../shared.ts';

export const jetStreamStreamHealth = jetStreamHealth;
