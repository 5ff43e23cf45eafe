import { listAt, numberAt, valueAt } from '../../../../resource/json.ts';
import { byConditions, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, isStale, progressing } from '../../rule.ts';

const byReady = byConditions({ ready: ['Ready'], waitsFor: ['Updating', 'Deleting', 'DependencyNotReady'] });

/**
 * Google Config Connector: one `Ready` condition whose reason says why not. The kinds that set up Config Connector itself say
 * `status.healthy` instead. Argo CD calls DependencyNotReady Suspended; nobody halted it, it waits.
 */
export const configConnectorHealth: HealthRule = (manifest) => {
  const healthy = valueAt(manifest, 'status', 'healthy');
  if (typeof healthy !== 'boolean') return byReady(manifest);
  // Their CRDs default observedGeneration to 0 and some are never updated.
  if (numberAt(manifest, ['status', 'observedGeneration']) > 0 && isStale(manifest)) return progressing(UNSEEN);
  const errors = listAt(manifest, 'status', 'errors').filter((one) => typeof one === 'string');
  return healthy ? HEALTHY : degraded(errors.join('; ') || 'Config Connector is not healthy');
};
