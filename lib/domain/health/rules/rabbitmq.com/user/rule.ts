import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqUserHealth = rabbitmqTopologyHealth;
