import { confluentHealth } from '../shared.ts';

export const confluentKafkaHealth = confluentHealth;
