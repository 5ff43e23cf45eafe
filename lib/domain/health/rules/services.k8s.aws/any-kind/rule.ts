import { UNTOLD } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/**
 * AWS Controllers for Kubernetes (conditions of the ACK runtime): `ACK.Terminal` means that the spec must change; a recoverable
 * error is tried again, so it is on its way with the error told. `Ready` is the newer name of `ACK.ResourceSynced`.
 */
export const ackHealth: HealthRule = (manifest) => {
  const terminal = conditionOf(manifest, 'ACK.Terminal');
  if (terminal?.status === 'True') return degraded(conditionText(terminal, 'AWS refuses the spec'));
  const references = conditionOf(manifest, 'ACK.ReferencesResolved');
  if (references?.status === 'False') return degraded(conditionText(references, 'A reference cannot be resolved'));
  const ready = conditionOf(manifest, 'Ready') ?? conditionOf(manifest, 'ACK.ResourceSynced');
  if (ready?.status === 'True') return HEALTHY;
  const error = conditionOf(manifest, 'ACK.Recoverable');
  if (error?.status === 'True') return progressing(`Trying again: ${conditionText(error, 'no reason given')}`);
  return progressing(ready ? conditionText(ready, 'Not in sync with AWS yet') : UNTOLD);
};
