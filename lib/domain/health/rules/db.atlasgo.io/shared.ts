import { UNTOLD } from '../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../rule.ts';

const WORKING = ['Reconciling', 'GettingDevDB'];

/** Its steps stand in the reason, in older versions in the message; every other False is a migration that did not go through. */
export const atlasHealth: HealthRule = (manifest) => {
  const ready = conditionOf(manifest, 'Ready');
  if (ready === undefined) return progressing(UNTOLD);
  if (ready.status === 'True') return HEALTHY;
  const working = WORKING.includes(ready.reason) || WORKING.includes(ready.message);
  const words = conditionText(ready, 'Not applied yet');
  return working || ready.status !== 'False' ? progressing(words) : degraded(words);
};
