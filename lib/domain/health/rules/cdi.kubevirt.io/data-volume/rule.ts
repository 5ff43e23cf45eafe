import { byPhase } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule } from '../../rule.ts';

const judge = byPhase({ healthy: ['Succeeded'], degraded: ['Failed', 'Unknown'], suspended: ['Paused'] });

/** An importer that keeps failing leaves the phase as it was and says so by Running False with the reason Error. */
export const dataVolumeHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  const running = conditionOf(manifest, 'Running');
  const failing = running?.status === 'False' && running.reason === 'Error' && health.status === 'Progressing';
  return failing ? degraded(conditionText(running, 'The import fails')) : health;
};
