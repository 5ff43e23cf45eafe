import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqVhostHealth = rabbitmqTopologyHealth;
