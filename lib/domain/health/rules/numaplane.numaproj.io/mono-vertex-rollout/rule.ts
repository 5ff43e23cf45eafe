import { numaplaneHealth } from '../shared.ts';

export const numaplaneMonoVertexRolloutHealth = numaplaneHealth;
