import { textAt, valueAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import {
  conditionOf,
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  progressing,
  suspended,
} from '../../rule.ts';

const WORKS = ['ReplacingNodes', 'ScalingUp', 'ScalingDown', 'Updating', 'RollingRestart', 'Resuming'];

/** Work in progress first; a datacenter that was initialised once and is not ready without any work has lost nodes. */
export const cassandraDatacenterHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'stopped') === true) return suspended('Datacenter is stopped');
  const invalid = conditionOf(manifest, 'Valid');
  if (invalid?.status === 'False') return degraded(conditionText(invalid, 'The spec is not valid'));
  const work = conditionsOf(manifest).find(({ type, status }) => status === 'True' && WORKS.includes(type));
  if (work) return progressing(conditionText(work, work.type));
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const progress = textAt(manifest, 'status', 'cassandraOperatorProgress');
  if (progress === 'Updating') return progressing('The operator works on the datacenter');
  const ready = conditionOf(manifest, 'Ready');
  if (ready?.status === 'True') return HEALTHY;
  const initialized = conditionOf(manifest, 'Initialized')?.status === 'True';
  if (initialized && ready?.status === 'False') return degraded(conditionText(ready, 'Some nodes are not ready'));
  return progressing(ready ? conditionText(ready, 'Datacenter is not ready yet') : UNTOLD);
};
