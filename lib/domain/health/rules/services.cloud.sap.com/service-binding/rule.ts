import { sapServiceHealth } from '../shared.ts';

export const sapServiceBindingHealth = sapServiceHealth;
