import { conditionsOf, conditionText, degraded, HEALTHY, type HealthRule } from '../../rule.ts';

/** Too few pods is the workload's own trouble; any other failed condition is the budget's. Argo CD waits for a status first. */
export const podDisruptionBudgetHealth: HealthRule = (manifest) => {
  const failed = conditionsOf(manifest).find(
    ({ status, reason }) => status === 'False' && reason !== 'InsufficientPods',
  );
  return failed === undefined ? HEALTHY : degraded(`Budget cannot be kept: ${conditionText(failed, failed.type)}`);
};
