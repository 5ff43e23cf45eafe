import { byConditions } from '../../patterns.ts';

/** Not ready for the reason Failed is a failure; every other reason is a step of the operator (as Argo CD reads it). */
export const mariaDBHealth = byConditions({
  ready: ['Ready'],
  failsWith: ['Failed'],
  suspendedBy: ['spec', 'suspend'],
});
