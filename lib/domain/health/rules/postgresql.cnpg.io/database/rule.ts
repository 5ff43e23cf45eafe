import { cnpgAppliedHealth } from '../shared.ts';

export const cnpgDatabaseHealth = cnpgAppliedHealth;
