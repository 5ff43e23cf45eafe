import { strimziHealth } from '../shared.ts';

export const strimziKafkaBridgeHealth = strimziHealth;
