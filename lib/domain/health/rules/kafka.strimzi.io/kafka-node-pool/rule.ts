import { valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionsOf, HEALTHY, type HealthRule, progressing } from '../../rule.ts';
import { strimziHealth } from '../shared.ts';

/** A pool has no condition while all is well: its Kafka tells readiness. A status with node ids means that it was taken up. */
export const strimziKafkaNodePoolHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status', 'nodeIds') === undefined && conditionsOf(manifest).length === 0)
    return progressing(UNTOLD);
  const told = conditionsOf(manifest).some(({ type }) => ['NotReady', 'ReconciliationPaused'].includes(type));
  if (told) return strimziHealth(manifest);
  return isUnseen(manifest) ? progressing(UNSEEN) : HEALTHY;
};
