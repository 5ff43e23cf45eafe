import { byConditions } from '../../patterns.ts';

/** Ready once the item is copied into its Secret. */
export const onePasswordItemHealth = byConditions({ ready: ['Ready'] });
