import type { HealthRule } from '../../rule.ts';
import { numaflowHealth } from '../shared.ts';

/** Where the vertices of a pipeline hand over. */
export const numaflowInterStepBufferServiceHealth: HealthRule = numaflowHealth;
