import { byConditions } from '../../patterns.ts';

/** Synced once decrypted into its Secret; it counts observedGeneration. */
export const sealedSecretHealth = byConditions({ ready: ['Synced'] });
