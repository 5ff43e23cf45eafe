import { clickHouseHealth } from '../shared.ts';

export const clickHouseInstallationHealth = clickHouseHealth;
