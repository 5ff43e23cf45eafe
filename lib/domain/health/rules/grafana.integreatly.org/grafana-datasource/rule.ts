import { textAt, valueAt } from '../../../../resource/json.ts';
import { conditionsOf, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';
import { synchronizedHealth } from '../shared.ts';

const judge = synchronizedHealth('DatasourceSynchronized');

/** Newer versions tell by conditions; older ones only write the uid they made and whether no Grafana is selected. */
export const grafanaDatasourceHealth: HealthRule = (manifest) => {
  if (conditionsOf(manifest).length > 0 || valueAt(manifest, 'spec', 'suspend') === true) return judge(manifest);
  if (valueAt(manifest, 'status', 'NoMatchingInstances') === true) return degraded('No Grafana is selected');
  return textAt(manifest, 'status', 'uid') === '' ? progressing('The controller has not reported yet') : HEALTHY;
};
