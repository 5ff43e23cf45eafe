import { strimziHealth } from '../shared.ts';

export const strimziKafkaConnectHealth = strimziHealth;
