import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** A job that runs once: `Done` is its good end, `HasErrors` its bad one. */
export const keycloakRealmImportHealth: HealthRule = (manifest) => {
  if (conditionOf(manifest, 'Done')?.status === 'True') return HEALTHY;
  const errors = conditionOf(manifest, 'HasErrors');
  if (errors?.status === 'True') return degraded(conditionText(errors, 'Import failed'));
  return progressing(conditionOf(manifest, 'Started')?.status === 'True' ? 'Import is running' : UNTOLD);
};
