import { textAt } from '../../../../resource/json.ts';
import { byPhase } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule } from '../../rule.ts';

const judge = byPhase({ healthy: ['Complete'], degraded: ['Failed'] });

/** RequiresApproval waits for a person, so it is Suspended; a failure is told by the condition Installed. */
export const installPlanHealth: HealthRule = (manifest) => {
  if (textAt(manifest, 'status', 'phase') === 'RequiresApproval') {
    return { status: 'Suspended', message: 'Waits for an approval' };
  }
  const health = judge(manifest);
  const installed = conditionOf(manifest, 'Installed');
  return health.status === 'Degraded' && installed ? degraded(conditionText(installed, health.message)) : health;
};
