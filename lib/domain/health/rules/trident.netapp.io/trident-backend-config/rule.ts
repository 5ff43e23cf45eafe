import { textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** A failed operation counts although the backend stays bound to what it was. */
export const tridentBackendConfigHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  const last = textAt(manifest, 'status', 'lastOperationStatus');
  const message = textAt(manifest, 'status', 'message');
  if (last === 'Failed') return degraded(message || 'The last operation failed');
  return phase === 'Bound' && last === 'Success' ? HEALTHY : progressing(message || phase || UNTOLD);
};
