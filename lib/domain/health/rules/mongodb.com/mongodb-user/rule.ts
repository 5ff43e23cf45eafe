import { mongoDBHealth } from '../shared.ts';

export const mongoDBUserHealth = mongoDBHealth;
