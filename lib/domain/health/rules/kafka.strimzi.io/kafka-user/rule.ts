import { strimziHealth } from '../shared.ts';

export const strimziKafkaUserHealth = strimziHealth;
