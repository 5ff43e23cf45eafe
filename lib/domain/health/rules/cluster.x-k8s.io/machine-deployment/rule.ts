import { textAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { failureOf, isPaused, replicasOnTheirWay } from '../shared.ts';

/** `Running` means that as many machines are ready as wanted; a rollout in the phase Running shows in the counts only. */
export const machineDeploymentHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Rollout is paused');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const phase = textAt(manifest, 'status', 'phase');
  if (phase === '') return progressing(UNTOLD);
  if (phase === 'Failed') return degraded(failureOf(manifest, 'Available') ?? 'Machine deployment failed');
  const waiting = replicasOnTheirWay(manifest);
  if (phase === 'Running' && waiting === '') return HEALTHY;
  return progressing(waiting || `Machine deployment is in phase ${phase}`);
};
