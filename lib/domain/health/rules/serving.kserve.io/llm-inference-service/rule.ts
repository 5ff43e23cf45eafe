import { byConditions } from '../../patterns.ts';
import { conditionsOf, type HealthRule, suspended } from '../../rule.ts';

const byReady = byConditions({ ready: ['Ready'] });

/** A stop shows as a reason on its conditions. */
export const llmInferenceServiceHealth: HealthRule = (manifest) => {
  if (conditionsOf(manifest).some(({ reason }) => reason === 'Stopped')) return suspended('Service is stopped');
  return byReady(manifest);
};
