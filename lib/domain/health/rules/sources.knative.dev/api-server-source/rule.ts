import { byConditions } from '../../patterns.ts';

/** Ready when it may read what it watches and its adapter runs. */
export const knativeApiServerSourceHealth = byConditions({ ready: ['Ready'] });
