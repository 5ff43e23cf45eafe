import { textAt, valueAt } from '../../../resource/json.ts';
import { byConditions } from '../patterns.ts';
import { conditionOf, degraded, type HealthRule, HEALTHY, progressing } from '../rule.ts';

const bySynced = byConditions({ ready: ['SecretSynced'] });
const byReady = byConditions({ ready: ['Ready'] });

/**
 * The Vault operator tells by SecretSynced since it has conditions; before, only what it keeps of a secret it read (`evidence`)
 * shows that it could. Unlike Argo CD, an object without a status is not failed but not told yet.
 */
export function syncedFromVault(...evidence: string[]): HealthRule {
  return (manifest) => {
    const failed = valueAt(manifest, 'status', 'valid') === false;
    if (failed) return degraded(textAt(manifest, 'status', 'error') || 'The secret is not valid');
    if (conditionOf(manifest, 'SecretSynced') !== undefined) return bySynced(manifest);
    return textAt(manifest, 'status', ...evidence) === ''
      ? progressing('The secret has not been read from Vault yet')
      : HEALTHY;
  };
}

/** Logins and connections: Ready in newer versions, status.valid in all. */
export const vaultAccessHealth: HealthRule = (manifest) => {
  const valid = valueAt(manifest, 'status', 'valid');
  if (valid === false) {
    const ready = conditionOf(manifest, 'Ready');
    return degraded(textAt(manifest, 'status', 'error') || ready?.message || 'Vault cannot be reached or refuses');
  }
  if (conditionOf(manifest, 'Ready') !== undefined) return byReady(manifest);
  return valid === true ? HEALTHY : progressing('The controller has not reported yet');
};
