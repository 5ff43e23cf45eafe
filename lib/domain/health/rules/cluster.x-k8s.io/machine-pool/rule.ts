import { byPhase } from '../../patterns.ts';
import { degraded, type HealthRule, suspended } from '../../rule.ts';
import { isPaused, terminalFailure } from '../shared.ts';

/** `Scaling` is a pool whose size something outside of Cluster API sets: that is its daily life. */
const byWord = byPhase({ healthy: ['Running', 'Scaling'], degraded: ['Failed', 'Unknown'] });

export const machinePoolHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Machine pool is paused');
  const failure = terminalFailure(manifest);
  return failure ? degraded(failure) : byWord(manifest);
};
