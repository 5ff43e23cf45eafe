import { cnpgAppliedHealth } from '../shared.ts';

export const cnpgPublicationHealth = cnpgAppliedHealth;
