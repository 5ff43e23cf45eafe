import { numberAt, valueAt } from '../../../../resource/json.ts';
import type { HealthRule } from '../../rule.ts';
import { kruiseHealth } from '../shared.ts';

/** A Deployment of OpenKruise that can update pods in place. */
export const cloneSetHealth: HealthRule = (manifest) => {
  const available = numberAt(manifest, ['status', 'updatedAvailableReplicas']);
  return kruiseHealth(manifest, {
    paused: valueAt(manifest, 'spec', 'updateStrategy', 'paused') === true,
    partition: valueAt(manifest, 'spec', 'updateStrategy', 'partition'),
    wanted: numberAt(manifest, ['spec', 'replicas'], 1),
    updated: numberAt(manifest, ['status', 'updatedReplicas'], available),
    available,
  });
};
