import { numberAt, valueAt } from '../../../../resource/json.ts';
import type { HealthRule } from '../../rule.ts';
import { kruiseHealth } from '../shared.ts';

/** The advanced StatefulSet of OpenKruise. */
export const kruiseStatefulSetHealth: HealthRule = (manifest) => {
  const available = numberAt(manifest, ['status', 'updatedAvailableReplicas']);
  return kruiseHealth(manifest, {
    paused: valueAt(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'paused') === true,
    partition: valueAt(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'),
    wanted: numberAt(manifest, ['spec', 'replicas'], 1),
    updated: numberAt(manifest, ['status', 'updatedReplicas'], available),
    available,
  });
};
