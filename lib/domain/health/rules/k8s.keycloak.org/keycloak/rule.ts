import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Ready wins over errors: one pod may fail while another serves. */
export const keycloakHealth: HealthRule = (manifest) => {
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const ready = conditionOf(manifest, 'Ready');
  if (ready?.status === 'True') return HEALTHY;
  const errors = conditionOf(manifest, 'HasErrors');
  if (errors?.status === 'True') return degraded(conditionText(errors, 'Keycloak has errors'));
  return progressing(ready ? conditionText(ready, 'Keycloak is not ready yet') : UNTOLD);
};
