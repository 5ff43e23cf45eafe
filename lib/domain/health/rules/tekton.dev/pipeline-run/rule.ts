import type { HealthRule } from '../../rule.ts';
import { runHealth } from '../shared.ts';

/** One run of a pipeline. */
export const pipelineRunHealth: HealthRule = runHealth;
