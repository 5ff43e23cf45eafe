import { packageRevisionHealth } from '../shared.ts';

export const crossplaneConfigurationRevisionHealth = packageRevisionHealth;
