import { objectAt, textAt } from '../../../../resource/json.ts';
import type { Manifest } from '../../../../resource/manifest.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';
import { flinkError } from '../shared.ts';

/**
 * `lifecycleState` sums up the operator's work: DEPLOYED may still be rolled back, ROLLED_BACK runs the old spec because the new
 * one failed. Unlike Argo CD a suspended job is Suspended and a failed job Degraded; old operators tell no lifecycle.
 */
export const flinkDeploymentHealth: HealthRule = (manifest) => {
  const job = textAt(manifest, 'status', 'jobStatus', 'state');
  const state = textAt(manifest, 'status', 'lifecycleState');
  const manager = textAt(manifest, 'status', 'jobManagerDeploymentStatus');
  if (state === 'FAILED' || job === 'FAILED' || manager === 'ERROR')
    return degraded(flinkError(manifest, 'Job failed'));
  if (state === 'ROLLED_BACK') return degraded(flinkError(manifest, 'Rolled back to the last spec that worked'));
  if (isSuspended(manifest, state)) return suspended('Job is suspended');
  if (state === 'STABLE' || (state === '' && manager === 'READY')) return HEALTHY;
  const error = flinkError(manifest, '');
  return progressing(error || (state ? `Deployment is ${state.toLowerCase()}` : manager || UNTOLD));
};

/** The operator says so, or it was never asked to deploy: without a lifecycle, a job it still has to stop shows what it did last. */
function isSuspended(manifest: Manifest, state: string): boolean {
  if (state === 'SUSPENDED') return true;
  if (textAt(manifest, 'spec', 'job', 'state') !== 'suspended') return false;
  const reconciling = objectAt(manifest, 'status', 'reconciliationStatus');
  return state === 'CREATED' || reconciling['state'] === 'DEPLOYED' || reconciling['lastReconciledSpec'] === undefined;
}
