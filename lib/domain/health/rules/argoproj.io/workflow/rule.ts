import { valueAt } from '../../../../resource/json.ts';
import { byPhase } from '../../patterns.ts';
import type { HealthRule } from '../../rule.ts';

const judge = byPhase({ healthy: ['Succeeded'], degraded: ['Failed', 'Error'] });

/** A suspended workflow keeps the phase Running; unlike Argo CD it is told as Suspended, for it moves only by a person. */
export const workflowHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  const halted = health.status === 'Progressing' && valueAt(manifest, 'spec', 'suspend') === true;
  return halted ? { status: 'Suspended', message: 'Suspended by a person' } : health;
};
