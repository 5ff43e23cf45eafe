import { listAt, textAt } from '../../../../resource/json.ts';
import { degraded, HEALTHY, type HealthRule, suspended } from '../../rule.ts';
import { strimziHealth } from '../shared.ts';

/** Ready though a person paused or stopped it, and in old versions though one of its tasks failed. */
export const strimziKafkaConnectorHealth: HealthRule = (manifest) => {
  const health = strimziHealth(manifest);
  if (health.status !== 'Healthy') return health;
  const wanted = textAt(manifest, 'spec', 'state');
  if (wanted === 'paused' || wanted === 'stopped') return suspended(`Connector is ${wanted}`);
  const failed = listAt(manifest, 'status', 'connectorStatus', 'tasks').filter(
    (task) => textAt(task, 'state') === 'FAILED',
  );
  if (textAt(manifest, 'status', 'connectorStatus', 'connector', 'state') === 'FAILED')
    return degraded('Connector failed');
  if (failed.length === 0) return HEALTHY;
  return degraded(`${failed.length} of its tasks failed: ${textAt(failed[0], 'trace').split('\n')[0] || 'no trace'}`);
};
