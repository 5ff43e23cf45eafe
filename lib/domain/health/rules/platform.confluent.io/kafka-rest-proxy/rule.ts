import { confluentHealth } from '../shared.ts';

export const confluentKafkaRestProxyHealth = confluentHealth;
