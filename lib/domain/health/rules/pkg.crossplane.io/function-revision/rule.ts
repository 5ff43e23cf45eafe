import { packageRevisionHealth } from '../shared.ts';

export const crossplaneFunctionRevisionHealth = packageRevisionHealth;
