import { karmadaBindingHealth } from '../shared.ts';

export const karmadaClusterResourceBindingHealth = karmadaBindingHealth;
