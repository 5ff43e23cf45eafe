import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** Rules over Thanos queriers. */
export const thanosRulerHealth: HealthRule = operatedHealth;
