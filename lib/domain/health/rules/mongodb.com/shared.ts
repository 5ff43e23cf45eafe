import { byPhase } from '../patterns.ts';

/** MongoDB's operators, Enterprise and Community, share their phases; Updated is the good end of users. */
export const mongoDBHealth = byPhase({
  healthy: ['Running', 'Updated'],
  degraded: ['Failed', 'Unsupported'],
  suspended: ['Disabled'],
});
