import { listAt, textAt, valueAt } from '../../../resource/json.ts';
import { UNTOLD } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, ofTotal, progressing } from '../rule.ts';

/** As well as its copies: one that is unhealthy, or unknown and never applied, is a failure; one missing is on its way. */
export const karmadaBindingHealth: HealthRule = (manifest) => {
  const clusters = listAt(manifest, 'spec', 'clusters');
  const told = listAt(manifest, 'status', 'aggregatedStatus');
  const failed = told.find((one) => {
    const health = textAt(one, 'health');
    return health === 'Unhealthy' || (health === 'Unknown' && valueAt(one, 'applied') !== true);
  });
  if (failed)
    return degraded(`Cluster ${textAt(failed, 'clusterName')}: ${textAt(failed, 'appliedMessage') || 'not healthy'}`);
  if (told.length === 0) return progressing(UNTOLD);
  const wanted = Math.max(clusters.length, told.length);
  return told.length < wanted ? progressing(`${ofTotal(told.length, wanted, 'cluster')} reported`) : HEALTHY;
};
