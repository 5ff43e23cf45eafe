import { byConditions } from '../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule } from '../rule.ts';

const byReady = byConditions({ ready: ['Ready'] });

/**
 * What the topology operator keeps inside the broker: one condition. The generation seen is written on success only, so a
 * refusal is told before it.
 */
export const rabbitmqTopologyHealth: HealthRule = (manifest) => {
  const ready = conditionOf(manifest, 'Ready');
  return ready?.status === 'False' ? degraded(conditionText(ready, 'The broker refused it')) : byReady(manifest);
};
