import type { Health } from '../status.ts';
import { byConditions } from './patterns.ts';
import { conditionOf, type HealthRule, progressing } from './rule.ts';

const byReady = byConditions({
  ready: ['Ready'],
  trouble: ['Stalled'],
  waitsFor: ['DependencyNotReady'],
  suspendedBy: ['spec', 'suspend'],
});

/**
 * What every reconciled Flux kind shares (fluxcd/pkg apis/meta): Stalled needs a person, Ready decides. A first attempt is under
 * way while Reconciling is True; with ProgressingWithRetry the last one failed. Unlike Argo CD, waiting for a dependency is
 * progress and not failure, as Flux's own views tell it.
 */
export const fluxHealth: HealthRule = (manifest) => {
  const health: Health = byReady(manifest);
  if (health.status !== 'Degraded' || conditionOf(manifest, 'Stalled')?.status === 'True') return health;
  const reconciling = conditionOf(manifest, 'Reconciling');
  const working = reconciling?.status === 'True' && reconciling.reason !== 'ProgressingWithRetry';
  return working ? progressing(reconciling.message || health.message) : health;
};
