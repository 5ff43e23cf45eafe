import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** The colour, where the operator writes one, weighs more than its phase: RUNNING only means that it set everything up. */
export const openSearchClusterHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  const colour = textAt(manifest, 'status', 'health');
  if (colour === 'red') return degraded('Health is red: data of some index is missing');
  if (phase !== 'RUNNING') return progressing(phase ? `Cluster is ${phase.toLowerCase()}` : UNTOLD);
  return colour === 'yellow' ? progressing('Health is yellow: some replicas are missing') : HEALTHY;
};
