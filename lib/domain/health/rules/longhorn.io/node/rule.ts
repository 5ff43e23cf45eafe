import { byConditions } from '../../patterns.ts';

/** `Ready` is whether Longhorn can use the node; a node that takes no new replicas (`Schedulable`) may be so on purpose. */
export const longhornNodeHealth = byConditions({ ready: ['Ready'] });
