import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqBindingHealth = rabbitmqTopologyHealth;
