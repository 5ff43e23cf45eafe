import { byConditions } from '../../patterns.ts';

/** HasErrors is told although it may still be Ready; Argo CD lets the newer of both decide, we let the error. */
export const keycloakHealth = byConditions({
  ready: ['Ready'],
  trouble: ['HasErrors'],
  busy: ['RollingUpdate'],
  failsWith: [],
});
