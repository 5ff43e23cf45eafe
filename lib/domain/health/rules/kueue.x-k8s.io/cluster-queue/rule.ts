import { kueueActiveHealth } from '../shared.ts';

export const kueueClusterQueueHealth = kueueActiveHealth;
