import { numaplaneHealth } from '../shared.ts';

export const numaplanePipelineRolloutHealth = numaplaneHealth;
