import { numaflowHealth } from '../shared.ts';

export const numaflowInterStepBufferServiceHealth = numaflowHealth;
