import { listAt, numberAt, objectAt, textAt, valueAt } from '../../../../resource/json.ts';
import type { Manifest } from '../../../../resource/manifest.ts';
import type { Health } from '../../../status.ts';
import { conditionsOf, conditionText, degraded, type HealthRule, HEALTHY, ofTotal, progressing } from '../../rule.ts';

/** Since v1.0 the controller sums itself up in status.phase; before, the same is read from conditions and replicas. */
export const rolloutHealth: HealthRule = (manifest) => {
  if (!isObserved(manifest)) return progressing('Waiting for the controller to see the newest spec');
  const phase = textAt(manifest, 'status', 'phase');
  const message = textAt(manifest, 'status', 'message');
  if (phase === 'Healthy') return HEALTHY;
  if (phase === 'Degraded') return degraded(message || 'The rollout failed');
  if (phase === 'Paused') return { status: 'Suspended', message: message || 'The rollout is paused' };
  return phase === '' ? withoutPhase(manifest) : progressing(message || phase);
};

/** Generations are texts here; controllers before v0.10 wrote a hash, which says nothing. A referenced workload has its own. */
function isObserved(manifest: Manifest): boolean {
  if (Object.keys(objectAt(manifest, 'status')).length === 0) return false;
  const generation = manifest.metadata.generation ?? 0;
  const observed = Number(valueAt(manifest, 'status', 'observedGeneration') ?? Number.NaN);
  if (observed < generation) return false;
  const workload = manifest.metadata.annotations?.['rollout.argoproj.io/workload-generation'];
  if (workload === undefined || valueAt(manifest, 'spec', 'workloadRef') === undefined) return true;
  return Number(workload) === Number(valueAt(manifest, 'status', 'workloadObservedGeneration') ?? Number.NaN);
}

function withoutPhase(manifest: Manifest): Health {
  const failed = conditionsOf(manifest).find(
    ({ type, reason }) =>
      type === 'InvalidSpec' ||
      (type === 'Progressing' && (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded')),
  );
  if (failed !== undefined) return degraded(conditionText(failed, failed.type));
  if (valueAt(manifest, 'spec', 'paused') === true || listAt(manifest, 'status', 'pauseConditions').length > 0) {
    return { status: 'Suspended', message: 'The rollout is paused' };
  }
  const newest = textAt(manifest, 'status', 'currentPodHash');
  if (newest === '') return progressing('The controller has not reported yet');
  const wanted = numberAt(manifest, ['spec', 'replicas'], 1);
  const updated = numberAt(manifest, ['status', 'updatedReplicas']);
  const available = numberAt(manifest, ['status', 'availableReplicas']);
  if (updated < wanted) return progressing(`${ofTotal(updated, wanted, 'replica')} updated`);
  if (available < updated) return progressing(`${ofTotal(available, updated, 'replica')} available`);
  const stable = textAt(manifest, 'status', 'stableRS') || textAt(manifest, 'status', 'canary', 'stableRS');
  if (valueAt(manifest, 'spec', 'strategy', 'blueGreen') !== undefined) {
    if (textAt(manifest, 'status', 'blueGreen', 'activeSelector') !== newest) {
      return progressing('Waiting for the active service to point to the newest replicas');
    }
    return stable === '' || stable === newest
      ? HEALTHY
      : progressing('Waiting for the analysis of the newest replicas');
  }
  const old = numberAt(manifest, ['status', 'replicas']) - updated;
  if (old > 0) return progressing(`${old} old ${old === 1 ? 'replica' : 'replicas'} still to stop`);
  return stable === newest ? HEALTHY : progressing('Waiting for the remaining steps');
}
