import { objectAt, textAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** What Ceph says of itself weighs more than what the operator says; a cluster in error before Ceph speaks is a failure as well. */
export const cephClusterHealth: HealthRule = (manifest) => {
  const state = textAt(manifest, 'status', 'state');
  const message = textAt(manifest, 'status', 'message');
  const ceph = textAt(manifest, 'status', 'ceph', 'health');
  if (ceph === 'HEALTH_ERR' || ceph === 'HEALTH_WARN') {
    const details = objectAt(manifest, 'status', 'ceph', 'details');
    const words = Object.keys(details)
      .toSorted()
      .map((name) => textAt(details, name, 'message') || name);
    return degraded(`Ceph ${ceph === 'HEALTH_ERR' ? 'is in error' : 'warns'}: ${words.join('; ') || message || ceph}`);
  }
  if (state === 'Error') return degraded(message || 'Rook cannot configure the cluster');
  if (ceph === 'HEALTH_OK' && (state === 'Created' || state === 'Connected' || state === '')) return HEALTHY;
  return progressing(message || state || UNTOLD);
};
