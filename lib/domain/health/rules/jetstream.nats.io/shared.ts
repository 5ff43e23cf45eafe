import { byConditions } from '../patterns.ts';

/** One condition, written by NATS' controller for streams, consumers and stores alike. */
export const jetStreamHealth = byConditions({ ready: ['Ready'], seenOnSuccess: true });
