import { confluentHealth } from '../shared.ts';

export const confluentKRaftControllerHealth = confluentHealth;
