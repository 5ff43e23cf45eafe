import { numaplaneHealth } from '../shared.ts';

export const numaplaneISBServiceRolloutHealth = numaplaneHealth;
