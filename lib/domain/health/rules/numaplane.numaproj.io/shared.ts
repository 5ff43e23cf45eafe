import { textAt, valueAt } from '../../../resource/json.ts';
import { UNTOLD, UNSEEN } from '../patterns.ts';
import {
  conditionOf,
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  isStale,
  progressing,
  suspended,
} from '../rule.ts';

const CHILD_FAILED = ['PipelineFailed', 'MonoVertexFailed', 'ISBSvcFailed', 'Failed'];

/** Numaplane rolls out Numaflow's kinds: an upgrade under way counts unless it has failed, then what its children say. */
export const numaplaneHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'status') === undefined) return progressing(UNTOLD);
  if (isStale(manifest)) return progressing(UNSEEN);
  const phase = textAt(manifest, 'status', 'phase');
  const upgraded = conditionOf(manifest, 'ProgressiveUpgradeSucceeded');
  const children = conditionOf(manifest, 'ChildResourcesHealthy');
  const upgrading = textAt(manifest, 'status', 'upgradeInProgress') !== '' || phase === 'Pending';
  if (upgrading && upgraded?.status !== 'False') return progressing('Upgrade in progress');
  if (children?.status === 'False' && children.reason === 'Progressing')
    return progressing('Its parts are on their way');
  if (phase === 'Failed') return degraded(textAt(manifest, 'status', 'message') || 'Rollout failed');
  if (children?.status === 'False' && CHILD_FAILED.includes(children.reason))
    return degraded(conditionText(children, 'A part failed'));
  if (upgraded?.status === 'False') return degraded('The progressive upgrade failed');
  const paused = conditionsOf(manifest).find(
    ({ type, status }) => type.endsWith('PausingOrPaused') && status === 'True',
  );
  if (paused) return suspended(conditionText(paused, 'Paused'));
  if (children?.status === 'True') return HEALTHY;
  return {
    status: 'Unknown',
    message: children ? conditionText(children, 'State of its parts is not known') : 'No part reported',
  };
};
