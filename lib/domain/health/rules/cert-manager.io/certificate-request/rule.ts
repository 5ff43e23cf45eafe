import { byConditions } from '../../patterns.ts';

/** Ready with the reason Pending waits for the issuer or an approval; denied and invalid requests never come back. */
export const certificateRequestHealth = byConditions({
  ready: ['Ready'],
  trouble: ['Denied', 'InvalidRequest'],
  waitsFor: ['Pending'],
});
