import { byConditions } from '../../patterns.ts';

/** Ready when its sink is found and its adapter runs. */
export const knativePingSourceHealth = byConditions({ ready: ['Ready'] });
