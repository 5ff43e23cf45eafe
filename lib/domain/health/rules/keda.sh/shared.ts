import { conditionOf, type HealthRule } from '../rule.ts';

/** A person pauses by annotation and KEDA tells it by Paused, Ready staying as it was: a broken one stays degraded. */
export function pausable(judge: HealthRule): HealthRule {
  return (manifest) => {
    const health = judge(manifest);
    if (health.status !== 'Healthy' || conditionOf(manifest, 'Paused')?.status !== 'True') return health;
    return { status: 'Suspended', message: conditionOf(manifest, 'Paused')?.message || 'Scaling is paused' };
  };
}
