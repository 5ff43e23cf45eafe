import { listAt, textAt, numberAt, valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionOf, conditionText, HEALTHY, type HealthRule, ofTotal, progressing, suspended } from '../../rule.ts';

/** No phase: each set of instances counts its ready pods (PGO's API), and `shutdown` and `paused` are a person's. */
export const crunchyPostgresClusterHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'shutdown') === true) return suspended('Cluster is shut down');
  if (valueAt(manifest, 'spec', 'paused') === true) return suspended('Reconciling is paused');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const sets = listAt(manifest, 'status', 'instances');
  if (sets.length === 0) return progressing(UNTOLD);
  for (const set of sets) {
    const wanted = numberAt(set, ['replicas']);
    const words = (count: number, what: string) =>
      `${ofTotal(count, wanted, 'instance')} ${what} in set ${textAt(set, 'name')}`;
    if (numberAt(set, ['updatedReplicas']) < wanted)
      return progressing(words(numberAt(set, ['updatedReplicas']), 'updated'));
    if (numberAt(set, ['readyReplicas']) < wanted) return progressing(words(numberAt(set, ['readyReplicas']), 'ready'));
  }
  const proxy = conditionOf(manifest, 'ProxyAvailable');
  return proxy?.status === 'False' ? progressing(conditionText(proxy, 'PgBouncer is not available yet')) : HEALTHY;
};
