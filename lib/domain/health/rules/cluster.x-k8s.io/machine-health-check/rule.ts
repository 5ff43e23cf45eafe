import { numberAt, valueAt } from '../../../../resource/json.ts';
import { UNTOLD } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, ofTotal, progressing, suspended } from '../../rule.ts';
import { failureOf, isPaused } from '../shared.ts';

/** It is as well as the machines it watches; when too many are ill it stops to replace them, and says so. */
export const machineHealthCheckHealth: HealthRule = (manifest) => {
  if (isPaused(manifest)) return suspended('Health check is paused');
  if (typeof valueAt(manifest, 'status', 'expectedMachines') !== 'number') return progressing(UNTOLD);
  const refused = failureOf(manifest, 'RemediationAllowed');
  if (refused !== undefined) return degraded(refused);
  const expected = numberAt(manifest, ['status', 'expectedMachines']);
  const healthy = numberAt(manifest, ['status', 'currentHealthy']);
  return healthy < expected ? degraded(`${ofTotal(healthy, expected, 'machine')} healthy`) : HEALTHY;
};
