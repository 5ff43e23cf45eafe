import { perconaHealth } from '../../pxc.percona.com/shared.ts';

export const perconaServerMySQLHealth = perconaHealth;
