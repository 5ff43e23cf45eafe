import { numaflowHealth } from '../shared.ts';

export const numaflowVertexHealth = numaflowHealth;
