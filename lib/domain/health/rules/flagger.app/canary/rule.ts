import { byPhase } from '../../patterns.ts';
import { conditionOf, conditionText, type HealthRule } from '../../rule.ts';

const judge = byPhase({
  healthy: ['Initialized', 'Succeeded'],
  degraded: ['Failed'],
});

/** Its condition Promoted says in words what status.phase says in one; before there is a status it is progress, not Unknown. */
export const canaryHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  const promoted = conditionOf(manifest, 'Promoted');
  if (health.status === 'Healthy' || promoted === undefined) return health;
  return { status: health.status, message: conditionText(promoted, health.message) };
};
