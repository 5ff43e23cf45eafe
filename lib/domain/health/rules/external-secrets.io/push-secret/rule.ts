import { byConditions } from '../../patterns.ts';

/** Ready speaks of the last push to every store. */
export const pushSecretHealth = byConditions({ ready: ['Ready'] });
