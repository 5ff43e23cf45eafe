import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** Dangling True means that the priority level it names does not exist, so that it is ignored. */
export const flowSchemaHealth: HealthRule = (manifest) => {
  const dangling = conditionOf(manifest, 'Dangling');
  if (dangling === undefined) return progressing('The controller has not reported yet');
  return dangling.status === 'True' ? degraded(conditionText(dangling, 'Its priority level does not exist')) : HEALTHY;
};
