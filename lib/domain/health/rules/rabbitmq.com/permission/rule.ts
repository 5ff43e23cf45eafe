import { rabbitmqTopologyHealth } from '../shared.ts';

export const rabbitmqPermissionHealth = rabbitmqTopologyHealth;
