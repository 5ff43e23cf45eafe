import type { HealthRule } from '../../rule.ts';
import { operatedHealth } from '../shared.ts';

/** A Prometheus and its shards. */
export const prometheusHealth: HealthRule = operatedHealth;
