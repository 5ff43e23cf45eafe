import { confluentHealth } from '../shared.ts';

export const confluentKsqlDBHealth = confluentHealth;
