import { conditionOf, conditionText, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Healthy when the aggregated API answers. */
export const apiServiceHealth: HealthRule = (manifest) => {
  const available = conditionOf(manifest, 'Available');
  if (available?.status === 'True') return HEALTHY;
  return progressing(
    available === undefined
      ? 'Waiting for the API to be checked'
      : `API is not available: ${conditionText(available, 'no reason given')}`,
  );
};
