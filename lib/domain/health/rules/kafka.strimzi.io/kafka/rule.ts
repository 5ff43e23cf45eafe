import { strimziHealth } from '../shared.ts';

export const strimziKafkaHealth = strimziHealth;
