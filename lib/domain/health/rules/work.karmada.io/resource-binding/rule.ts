import { karmadaBindingHealth } from '../shared.ts';

export const karmadaResourceBindingHealth = karmadaBindingHealth;
