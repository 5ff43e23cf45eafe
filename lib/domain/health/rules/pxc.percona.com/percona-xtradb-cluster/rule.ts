import { perconaHealth } from '../shared.ts';

export const perconaXtraDBClusterHealth = perconaHealth;
