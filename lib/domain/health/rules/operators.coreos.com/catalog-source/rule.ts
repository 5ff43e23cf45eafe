import { textAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** status.connectionState is the gRPC state of its registry; a spec that cannot work is told in status.reason. */
export const catalogSourceHealth: HealthRule = (manifest) => {
  const reason = textAt(manifest, 'status', 'reason');
  if (reason !== '') return degraded(textAt(manifest, 'status', 'message') || reason);
  const state = textAt(manifest, 'status', 'connectionState', 'lastObservedState');
  if (state === 'READY') return HEALTHY;
  if (state === 'TRANSIENT_FAILURE') return degraded('The registry of the catalog cannot be reached');
  return progressing(state === '' ? 'The controller has not reported yet' : `The registry is ${state.toLowerCase()}`);
};
