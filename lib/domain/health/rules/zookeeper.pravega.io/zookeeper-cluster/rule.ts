import { numberAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { HEALTHY, type HealthRule, ofTotal, progressing } from '../../rule.ts';

/** Healthy when as many members joined the ensemble as wanted; none wanted is nobody's failure. */
export const zookeeperClusterHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  const wanted = numberAt(manifest, ['spec', 'replicas'], numberAt(manifest, ['status', 'replicas'], 3));
  const ready = numberAt(manifest, ['status', 'readyReplicas']);
  return ready < wanted ? progressing(`${ofTotal(ready, wanted, 'member')} ready`) : HEALTHY;
};
