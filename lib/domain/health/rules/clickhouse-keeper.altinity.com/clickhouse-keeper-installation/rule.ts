import { clickHouseHealth } from '../../clickhouse.altinity.com/shared.ts';

export const clickHouseKeeperInstallationHealth = clickHouseHealth;
