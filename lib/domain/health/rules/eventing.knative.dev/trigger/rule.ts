import { byConditions } from '../../patterns.ts';

/** Ready when its broker is and its subscriber can be found. */
export const knativeTriggerHealth = byConditions({ ready: ['Ready'] });
