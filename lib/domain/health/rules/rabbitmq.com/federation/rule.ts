import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqFederationHealth = rabbitmqTopologyHealth;
