import { cnpgAppliedHealth } from '../shared.ts';

export const cnpgSubscriptionHealth = cnpgAppliedHealth;
