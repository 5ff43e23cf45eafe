import { textAt } from '../../../../resource/json.ts';
import { degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** Available and Bound are well. A released one keeps its data until a person or the driver reclaims it: told, but no failure. */
export const persistentVolumeHealth: HealthRule = (manifest) => {
  const phase = textAt(manifest, 'status', 'phase');
  switch (phase) {
    case 'Available':
    case 'Bound':
      return HEALTHY;
    case 'Released':
      return { status: 'Healthy', message: 'Released: its claim is gone and it is not reclaimed yet' };
    case 'Failed':
      return degraded(textAt(manifest, 'status', 'message') || 'The volume cannot be reclaimed');
    default:
      return progressing(phase === '' ? 'The controller has not reported yet' : `Phase ${phase}`);
  }
};
