import { byConditions } from '../../patterns.ts';

/** Nodes that share a configuration; a paused pool takes no update. */
export const machineConfigPoolHealth = byConditions({
  ready: ['Updated'],
  trouble: ['Degraded', 'NodeDegraded', 'RenderDegraded'],
  busy: ['Updating'],
  suspendedBy: ['spec', 'paused'],
});
