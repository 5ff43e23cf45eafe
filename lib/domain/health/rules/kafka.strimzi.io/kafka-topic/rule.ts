import { strimziHealth } from '../shared.ts';

export const strimziKafkaTopicHealth = strimziHealth;
