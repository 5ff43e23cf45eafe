import { confluentHealth } from '../shared.ts';

export const confluentSchemaRegistryHealth = confluentHealth;
