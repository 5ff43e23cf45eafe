import { byConditions } from '../../patterns.ts';

/** Ready when the channel behind it is. */
export const knativeChannelHealth = byConditions({ ready: ['Ready'] });
