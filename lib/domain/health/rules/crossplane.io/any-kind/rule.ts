import { textAt } from '../../../../resource/json.ts';
import type { Manifest } from '../../../../resource/manifest.ts';
import { UNTOLD } from '../../patterns.ts';
import {
  type Condition,
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  progressing,
  suspended,
} from '../../rule.ts';

/** Kinds that only configure: no controller writes a condition for them (list of Crossplane 1 and 2). */
const SILENT = [
  'ClusterProviderConfig',
  'ClusterProviderConfigUsage',
  'Composition',
  'CompositionRevision',
  'ControllerConfig',
  'DeploymentRuntimeConfig',
  'EnvironmentConfig',
  'ImageConfig',
  'Lock',
  'ProviderConfig',
  'ProviderConfigUsage',
  'StoreConfig',
];
/** The last call to the cloud and the last reconciling: False is a failure while they last. */
const ATTEMPTS = ['LastAsyncOperation', 'Synced'];
/** What says that an object does its work; each kind writes one or two of them. */
const READY = [
  'Ready',
  'Succeeded',
  'Scheduling',
  'Watching',
  'ValidPipeline',
  'Established',
  'Healthy',
  'RevisionHealthy',
];
const FAILURES = ['MissingCapabilities', 'PipelineError', 'WatchFailed', 'ScheduleInvalid'];
const PAUSES = ['ReconcilePaused', 'SchedulePaused', 'WatchPaused'];

/**
 * Managed resources, composites and operations of any provider (crossplane-runtime's conditions). Not ready is on its way, for
 * providers say Unavailable of things that are being changed as well. Unlike Argo CD a pause is a pause.
 */
export const crossplaneHealth: HealthRule = (manifest) => {
  const conditions = conditionsOf(manifest);
  const paused = conditions.find(({ reason }) => PAUSES.includes(reason));
  if (paused) return suspended(paused.message || 'Reconciling is paused by a person');
  const failed = conditions.find(
    ({ type, status, reason }) => status === 'False' && (ATTEMPTS.includes(type) || FAILURES.includes(reason)),
  );
  if (failed) return degraded(conditionText(failed, `${failed.type} is False`));
  if (isInactiveDefinition(manifest, conditions)) return HEALTHY;
  const ready = READY.map((type) => conditions.find((one) => one.type === type)).find((one) => one !== undefined);
  if (ready) return ready.status === 'True' ? HEALTHY : progressing(conditionText(ready, 'Not ready yet'));
  return conditions.length === 0 && SILENT.includes(manifest.kind) ? HEALTHY : progressing(UNTOLD);
};

/** A ManagedResourceDefinition nobody activated has no CRD, on purpose. */
function isInactiveDefinition(manifest: Manifest, conditions: Condition[]): boolean {
  const inactive = conditions.some(({ reason }) => reason === 'InactiveManagedResource');
  return inactive && textAt(manifest, 'spec', 'state') !== 'Active';
}
