import { numaflowHealth } from '../shared.ts';

export const numaflowPipelineHealth = numaflowHealth;
