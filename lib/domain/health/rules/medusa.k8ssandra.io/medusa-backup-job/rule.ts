import { medusaHealth } from '../shared.ts';

export const medusaBackupJobHealth = medusaHealth;
