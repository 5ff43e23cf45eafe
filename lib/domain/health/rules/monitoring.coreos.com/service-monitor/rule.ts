import type { HealthRule } from '../../rule.ts';
import { selectedHealth } from '../shared.ts';

/** Plain configuration, judged by those who select it. */
export const serviceMonitorHealth: HealthRule = selectedHealth;
