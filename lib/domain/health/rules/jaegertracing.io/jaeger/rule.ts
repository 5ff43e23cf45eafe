import { byPhase } from '../../patterns.ts';

/** One word: Running or Failed. */
export const jaegerHealth = byPhase({ healthy: ['Running'], degraded: ['Failed'] });
