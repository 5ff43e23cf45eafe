import { kueueActiveHealth } from '../shared.ts';

export const kueueLocalQueueHealth = kueueActiveHealth;
