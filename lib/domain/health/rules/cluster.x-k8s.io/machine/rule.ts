import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { failureOf, isPaused, terminalFailure } from '../shared.ts';

/** Unlike Argo CD a running machine counts as failing when its health check or its node says so: its phase never goes back. */
export const capiMachineHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Machine is paused');
  const phase = textAt(manifest, 'status', 'phase');
  const failure = terminalFailure(manifest);
  if (phase === 'Failed' || failure) return degraded(failure || 'Machine failed');
  if (phase === 'Running') {
    const unhealthy = failureOf(manifest, 'HealthCheckSucceeded') ?? failureOf(manifest, 'NodeHealthy');
    return unhealthy === undefined ? HEALTHY : degraded(unhealthy);
  }
  const ready = conditionOf(manifest, 'Ready');
  if (ready && ready.status !== 'True') return progressing(conditionText(ready, 'Machine is not ready yet'));
  return progressing(phase ? `Machine is ${phase.toLowerCase()}` : UNTOLD);
};
