import { sapServiceHealth } from '../shared.ts';

export const sapServiceInstanceHealth = sapServiceHealth;
