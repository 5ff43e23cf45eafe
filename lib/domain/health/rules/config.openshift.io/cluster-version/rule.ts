import type { HealthRule } from '../../rule.ts';
import { clusterHealth } from '../shared.ts';

/** The version of an OpenShift cluster and its update. */
export const clusterVersionHealth: HealthRule = clusterHealth('Failing');
