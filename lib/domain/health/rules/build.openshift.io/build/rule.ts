import { byPhase } from '../../patterns.ts';

/** New, Pending, Running, Complete, Failed, Error, Cancelled (BuildPhase); a cancelled one was stopped by a person. */
export const buildHealth = byPhase({
  healthy: ['Complete'],
  degraded: ['Failed', 'Error'],
  suspended: ['Cancelled'],
});
