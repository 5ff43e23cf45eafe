import { mongoDBHealth } from '../shared.ts';

export const mongoDBMultiClusterHealth = mongoDBHealth;
