import { objectAt, textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../../rule.ts';

const DEGRADED = [
  'Failing over',
  'Cluster is unrecoverable and needs manual intervention',
  'Cluster is in an unrecoverable state, needs manual intervention',
  'Cluster cannot execute instance online upgrade due to missing architecture binary',
  'Cluster cannot proceed to reconciliation due to an unknown plugin being required',
  'Cluster has incomplete or invalid image catalog',
  'Unable to create required cluster objects',
  'Cluster upgrade failed',
];

/**
 * The phase is a sentence of CloudNativePG. Unlike Argo CD, restarts, upgrades and a planned switchover are on their way, and
 * what only a person can mend is Degraded instead of Suspended. WAL archiving that fails leaves the cluster working, so it is
 * told as a warning.
 */
export const cnpgClusterHealth: HealthRule = (manifest) => {
  const annotations = objectAt(manifest, 'metadata', 'annotations');
  if (annotations['cnpg.io/reconciliationLoop'] === 'disabled')
    return suspended('Reconciling is disabled by annotation');
  const hibernation = conditionOf(manifest, 'cnpg.io/hibernation');
  if (hibernation?.status === 'True') return suspended('Cluster hibernates');
  if (hibernation) return progressing(conditionText(hibernation, 'Cluster is going to hibernate'));
  const phase = textAt(manifest, 'status', 'phase');
  const words = [phase, textAt(manifest, 'status', 'phaseReason')].filter(Boolean).join(': ');
  if (DEGRADED.includes(phase)) return degraded(words);
  if (phase === 'Waiting for user action') return suspended(words);
  if (phase !== 'Cluster in healthy state') return progressing(words || UNTOLD);
  const archiving = conditionOf(manifest, 'ContinuousArchiving');
  if (archiving?.status !== 'False') return HEALTHY;
  return { status: 'Healthy', message: `WAL archiving fails: ${conditionText(archiving, 'no reason given')}` };
};
