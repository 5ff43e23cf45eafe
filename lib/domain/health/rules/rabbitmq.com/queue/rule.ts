import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqQueueHealth = rabbitmqTopologyHealth;
