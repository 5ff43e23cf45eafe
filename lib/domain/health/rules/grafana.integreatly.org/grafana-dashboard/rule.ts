import type { HealthRule } from '../../rule.ts';
import { synchronizedHealth } from '../shared.ts';

/** Synchronised with every Grafana it selects. */
export const grafanaDashboardHealth: HealthRule = synchronizedHealth('DashboardSynchronized');
