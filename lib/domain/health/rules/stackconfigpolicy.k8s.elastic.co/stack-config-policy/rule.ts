import { byPhase } from '../../patterns.ts';

/** One word for all clusters it configures; two policies that contradict each other are a Conflict. */
export const stackConfigPolicyHealth = byPhase({
  healthy: ['Ready'],
  degraded: ['Invalid', 'Error', 'Conflict'],
});
