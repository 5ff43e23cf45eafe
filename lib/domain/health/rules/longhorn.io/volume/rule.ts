import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/**
 * `robustness` counts while attached (Longhorn's volume API): degraded lost a replica, faulted lost all. A detached volume that
 * is not faulted waits for a pod and is well.
 */
export const longhornVolumeHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  const robustness = textAt(manifest, 'status', 'robustness');
  if (robustness === 'faulted') return degraded('All replicas of the volume failed');
  const unscheduled = conditionOf(manifest, 'Scheduled');
  if (unscheduled?.status === 'False')
    return degraded(`A replica finds no disk: ${conditionText(unscheduled, 'no reason given')}`);
  const restore = conditionOf(manifest, 'Restore');
  if (restore?.reason === 'RestoreFailure') return degraded(conditionText(restore, 'Restore failed'));
  if (robustness === 'degraded') return degraded('The volume lost a replica');
  if (state === 'detached' || (state === 'attached' && robustness === 'healthy')) return HEALTHY;
  return progressing(state ? `Volume is ${state}` : UNTOLD);
};
