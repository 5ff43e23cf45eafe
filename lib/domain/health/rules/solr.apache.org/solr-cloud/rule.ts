import { listAt, numberAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { HEALTHY, type HealthRule, ofTotal, progressing } from '../../rule.ts';

/** Every node says whether it is ready; no state sums them up. */
export const solrCloudHealth: HealthRule = (manifest) => {
  const nodes = listAt(manifest, 'status', 'solrNodes');
  if (nodes.length === 0) return progressing(UNTOLD);
  const ready = nodes.filter((node) => valueAt(node, 'ready') === true).length;
  const wanted = Math.max(nodes.length, numberAt(manifest, ['spec', 'replicas']));
  return ready < wanted ? progressing(`${ofTotal(ready, wanted, 'node')} ready`) : HEALTHY;
};
