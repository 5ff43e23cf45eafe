import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** A Prometheus that only forwards. */
export const prometheusAgentHealth: HealthRule = operatedHealth;
