import { confluentHealth } from '../shared.ts';

export const confluentZookeeperHealth = confluentHealth;
