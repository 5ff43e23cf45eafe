import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** An Alertmanager cluster. */
export const alertmanagerHealth: HealthRule = operatedHealth;
