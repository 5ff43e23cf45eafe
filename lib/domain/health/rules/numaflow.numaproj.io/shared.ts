import { byPhase, isUnseen } from '../patterns.ts';
import { conditionsOf, conditionText, degraded, type HealthRule } from '../rule.ts';

const judge = byPhase({ healthy: ['Running'], degraded: ['Failed'], suspended: ['Paused', 'Pausing'] });

/**
 * The phase, unless a condition (pods, services, configuration) is False or Numaplane's upgrade of it failed, which it tells by
 * a label. A pause is asked for by a person: Suspended, Healthy in Argo CD.
 */
export const numaflowHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  if (health.status === 'Degraded' || isUnseen(manifest)) return health;
  const failed = conditionsOf(manifest).find(({ status }) => status === 'False');
  if (failed !== undefined) return degraded(conditionText(failed, failed.type));
  const upgrade = manifest.metadata.labels?.['numaplane.numaproj.io/progressive-result-state'];
  return upgrade === 'failed' ? degraded('Its progressive upgrade failed') : health;
};
