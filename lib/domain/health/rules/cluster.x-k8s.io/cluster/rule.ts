import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { failureOf, isPaused, terminalFailure } from '../shared.ts';

/**
 * The phase tells the way there; `Ready` (v1beta1) or `Available` (v1beta2) whether it still works. Before it is provisioned,
 * an unavailable cluster is only on its way, so v1beta2's condition counts from then on.
 */
export const capiClusterHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Cluster is paused');
  const phase = textAt(manifest, 'status', 'phase');
  const failure =
    failureOf(manifest, 'Ready') ?? (phase === 'Provisioned' ? failureOf(manifest, 'Available') : undefined);
  if (failure !== undefined) return degraded(failure);
  if (phase === 'Failed') return degraded(terminalFailure(manifest) || 'Cluster failed');
  if (phase === 'Provisioned') return HEALTHY;
  return progressing(phase ? `Cluster is ${phase.toLowerCase()}` : UNTOLD);
};
