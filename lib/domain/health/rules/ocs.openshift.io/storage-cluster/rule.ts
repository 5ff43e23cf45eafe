import { byConditions } from '../../patterns.ts';

/** OpenShift's three conditions: degraded goes before progressing, progressing before available. */
export const storageClusterHealth = byConditions({
  ready: ['Available'],
  trouble: ['Degraded'],
  busy: ['Progressing'],
  failsWith: [],
});
