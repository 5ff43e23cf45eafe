import { fluxHealth } from '../../flux.ts';
import { conditionOf, conditionsOf, conditionText, degraded, type HealthRule } from '../../rule.ts';

/**
 * Ready mirrors the last action. After a rollback it tells of the rollback, and Stalled only counts the attempts, so the
 * failed release or test is told instead: there stands what broke.
 */
export const helmReleaseHealth: HealthRule = (manifest) => {
  const health = fluxHealth(manifest);
  if (health.status !== 'Degraded') return health;
  const ready = conditionOf(manifest, 'Ready');
  const remedied = /^(Rollback|Uninstall)/.test(ready?.reason ?? '');
  if (!remedied && conditionOf(manifest, 'Stalled')?.status !== 'True') return health;
  const cause = conditionsOf(manifest).find(
    ({ type, status }) => (type === 'Released' || type === 'TestSuccess') && status === 'False',
  );
  return cause === undefined ? health : degraded(conditionText(cause, health.message));
};
