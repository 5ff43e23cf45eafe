import { valueAt } from '../../../../resource/json.ts';
import {
  conditionOf,
  conditionsOf,
  conditionText,
  degraded,
  type HealthRule,
  HEALTHY,
  progressing,
} from '../../rule.ts';

const TROUBLE: readonly string[] = ['NetworkUnavailable', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** Ready Unknown means that its kubelet is silent: as bad as not ready. A cordoned node is Suspended. Argo CD has no rule. */
export const nodeHealth: HealthRule = (manifest) => {
  const ready = conditionOf(manifest, 'Ready');
  if (ready === undefined) return progressing('The node has not reported yet');
  if (ready.status !== 'True') return degraded(`Not ready: ${conditionText(ready, 'no reason given')}`);
  const trouble = conditionsOf(manifest).find(({ type, status }) => TROUBLE.includes(type) && status === 'True');
  if (trouble !== undefined) return degraded(`${trouble.type}: ${conditionText(trouble, 'no reason given')}`);
  return valueAt(manifest, 'spec', 'unschedulable') === true
    ? { status: 'Suspended', message: 'Cordoned: takes no new pods' }
    : HEALTHY;
};
