import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqShovelHealth = rabbitmqTopologyHealth;
