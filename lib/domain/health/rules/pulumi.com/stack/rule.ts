import { byConditions } from '../../patterns.ts';

/** Stalled needs a person, Reconciling is at work, Ready is done (kstatus conditions of the second operator). */
export const pulumiStackHealth = byConditions({
  ready: ['Ready'],
  trouble: ['Stalled'],
  busy: ['Reconciling'],
  failsWith: [],
});
