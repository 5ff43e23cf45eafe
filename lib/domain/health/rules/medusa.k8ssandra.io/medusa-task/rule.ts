import { medusaHealth } from '../shared.ts';

export const medusaTaskHealth = medusaHealth;
