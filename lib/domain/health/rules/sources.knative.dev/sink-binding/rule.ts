import { byConditions } from '../../patterns.ts';

/** Ready when its sink is written into its subject. */
export const knativeSinkBindingHealth = byConditions({ ready: ['Ready'] });
