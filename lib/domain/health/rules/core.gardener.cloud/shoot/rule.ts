import { objectAt, listAt, textAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import type { Health } from '../../../status.ts';

const STATES: Readonly<Record<string, Health>> = {
  healthy: HEALTHY,
  progressing: { status: 'Progressing', message: 'Gardener works on the cluster' },
  unhealthy: { status: 'Degraded', message: 'Cluster is unhealthy' },
  unknown: { status: 'Unknown', message: 'Gardener does not know the state of the cluster' },
};

/** Gardener sums up all conditions in a label; the last error, if there is one, says more. A hibernated cluster sleeps on purpose. */
export const gardenerShootHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status', 'hibernated') === true) return suspended('Cluster hibernates');
  const label = objectAt(manifest, 'metadata', 'labels')['shoot.gardener.cloud/status'];
  const state = typeof label === 'string' && Object.hasOwn(STATES, label) ? STATES[label] : undefined;
  if (state === undefined) return progressing(UNTOLD);
  const [error] = listAt(manifest, 'status', 'lastErrors');
  const words = textAt(error, 'description');
  return state.status === 'Degraded' && words ? degraded(words) : state;
};
