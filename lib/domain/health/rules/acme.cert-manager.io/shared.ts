import { byPhase } from '../patterns.ts';

/** The states of RFC 8555 that cert-manager copies into status.state; it tells why in status.reason. */
export const acmeHealth = byPhase({
  path: ['status', 'state'],
  message: ['status', 'reason'],
  healthy: ['valid'],
  degraded: ['invalid', 'expired', 'errored'],
});
