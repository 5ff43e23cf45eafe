import { confluentHealth } from '../shared.ts';

export const confluentConnectHealth = confluentHealth;
