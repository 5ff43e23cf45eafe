import { packageRevisionHealth } from '../shared.ts';

export const crossplaneProviderRevisionHealth = packageRevisionHealth;
