import { numaflowHealth } from '../shared.ts';

export const numaflowMonoVertexHealth = numaflowHealth;
