import { byConditions } from '../../patterns.ts';

/** A range of addresses of Services; Ready False comes with its deletion or a mistake. */
export const serviceCIDRHealth = byConditions({ ready: ['Ready'] });
