import { byConditions } from '../../patterns.ts';

/** One of Ready, Pending, Failed and ConfigurationError is True. */
export const tempoStackHealth = byConditions({
  ready: ['Ready'],
  trouble: ['ConfigurationError', 'Failed'],
  busy: ['Pending'],
});
