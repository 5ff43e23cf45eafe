import { mongoDBHealth } from '../shared.ts';

export const mongoDBEnterpriseHealth = mongoDBHealth;
