import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqPolicyHealth = rabbitmqTopologyHealth;
