import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../rule.ts';

/**
 * What operators of a cluster promise (types_cluster_operator.go): not Available asks for a person at once, so it comes before
 * Progressing; Upgradeable says nothing of the present.
 */
export function clusterHealth(trouble: string): HealthRule {
  return (manifest) => {
    const [failed, available] = [conditionOf(manifest, trouble), conditionOf(manifest, 'Available')];
    if (failed?.status === 'True') return degraded(conditionText(failed, trouble));
    if (available?.status === 'False') return degraded(conditionText(available, 'Not available'));
    const work = conditionOf(manifest, 'Progressing');
    if (work?.status === 'True') return progressing(conditionText(work, 'Progressing'));
    if (available?.status === 'True') return HEALTHY;
    return progressing(
      available ? conditionText(available, 'Not available yet') : 'The controller has not reported yet',
    );
  };
}
