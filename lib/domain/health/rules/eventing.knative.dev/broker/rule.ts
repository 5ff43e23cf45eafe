import { byConditions } from '../../patterns.ts';

/** Ready when events can be sent to it. */
export const knativeBrokerHealth = byConditions({ ready: ['Ready'] });
