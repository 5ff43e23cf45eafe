import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqExchangeHealth = rabbitmqTopologyHealth;
