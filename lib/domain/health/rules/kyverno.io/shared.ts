import { valueAt } from '../../../resource/json.ts';
import { byConditions } from '../patterns.ts';
import { conditionOf, degraded, type HealthRule, HEALTHY, progressing } from '../rule.ts';

/** A policy is ready once its rules are loaded and its webhooks are set. Versions before 1.9 wrote status.ready alone. */
export const readyPolicyHealth: HealthRule = (manifest) => {
  if (conditionOf(manifest, 'Ready') !== undefined) return byReady(manifest);
  const ready = valueAt(manifest, 'status', 'ready');
  if (ready === false) return degraded('The policy is not ready');
  return ready === true ? HEALTHY : progressing('The controller has not reported yet');
};

const byReady = byConditions({ ready: ['Ready'] });
