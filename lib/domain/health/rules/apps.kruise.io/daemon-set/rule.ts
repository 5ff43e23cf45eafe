import { numberAt, valueAt } from '../../../../resource/json.ts';
import type { HealthRule } from '../../rule.ts';
import { kruiseHealth } from '../shared.ts';

/** The advanced DaemonSet of OpenKruise. */
export const kruiseDaemonSetHealth: HealthRule = (manifest) =>
  kruiseHealth(manifest, {
    paused: valueAt(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'paused') === true,
    partition: valueAt(manifest, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'),
    wanted: numberAt(manifest, ['status', 'desiredNumberScheduled']),
    updated: numberAt(manifest, ['status', 'updatedNumberScheduled']),
    available: numberAt(manifest, ['status', 'numberAvailable']),
  });
