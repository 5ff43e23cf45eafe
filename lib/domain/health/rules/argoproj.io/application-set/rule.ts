import { byConditions } from '../../patterns.ts';
import { conditionOf, conditionText, type HealthRule, progressing } from '../../rule.ts';

const judge = byConditions({ ready: ['ResourcesUpToDate'], trouble: ['ErrorOccurred'] });

/**
 * ErrorOccurred first, then ResourcesUpToDate=False, both failures; a rolling sync under way is progress. It judges the
 * generator, not the applications it made: those are judged apart.
 */
export const applicationSetHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  if (health.status === 'Degraded') return health;
  const rollout = conditionOf(manifest, 'RolloutProgressing');
  return rollout?.status === 'True' ? progressing(conditionText(rollout, 'Rolling out step by step')) : health;
};
