import type { HealthRule } from '../../rule.ts';
import { numaflowHealth } from '../shared.ts';

/** A source and a sink in one. */
export const numaflowMonoVertexHealth: HealthRule = numaflowHealth;
