import { byConditions } from '../patterns.ts';

/** A store is ready when its settings and its login were tried with the provider. */
export const storeHealth = byConditions({ ready: ['Ready'] });
