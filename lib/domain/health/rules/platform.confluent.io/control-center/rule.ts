import { confluentHealth } from '../shared.ts';

export const confluentControlCenterHealth = confluentHealth;
