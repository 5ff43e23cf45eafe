import { byConditions } from '../patterns.ts';
import { conditionOf, conditionText, type HealthRule, progressing } from '../rule.ts';

/** The operator sums up in Ready; deployments that are not available yet make it False and are progress. */
export const knativeOperatedHealth: HealthRule = (manifest) => {
  const health = byReady(manifest);
  const deployments = conditionOf(manifest, 'DeploymentsAvailable');
  if (health.status !== 'Degraded' || deployments === undefined || deployments.status === 'True') return health;
  return progressing(conditionText(deployments, 'Waiting for deployments'));
};

const byReady = byConditions({ ready: ['Ready'] });
