import type { HealthRule } from '../../rule.ts';
import { clusterHealth } from '../shared.ts';

/** One part of an OpenShift cluster. */
export const clusterOperatorHealth: HealthRule = clusterHealth('Degraded');
