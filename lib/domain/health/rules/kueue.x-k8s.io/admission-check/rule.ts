import { kueueActiveHealth } from '../shared.ts';

export const kueueAdmissionCheckHealth = kueueActiveHealth;
