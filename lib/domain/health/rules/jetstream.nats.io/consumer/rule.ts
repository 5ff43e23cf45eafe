import { jetStreamHealth } from '../shared.ts';

export const jetStreamConsumerHealth = jetStreamHealth;
