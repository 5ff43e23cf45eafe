import { byPhase } from '../../patterns.ts';

/** Pending, Running, Succeeded, Failed, Errored, Aborted (PromotionPhase); an aborted one was stopped by a person. */
export const promotionHealth = byPhase({
  healthy: ['Succeeded'],
  degraded: ['Failed', 'Errored'],
  suspended: ['Aborted'],
});
