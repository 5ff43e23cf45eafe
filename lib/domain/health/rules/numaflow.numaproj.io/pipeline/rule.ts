import type { HealthRule } from '../../rule.ts';
import { numaflowHealth } from '../shared.ts';

/** A graph of vertices. */
export const numaflowPipelineHealth: HealthRule = numaflowHealth;
