import { objectAt, textAt } from '../../../../resource/json.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../../patterns.ts';
import { degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** `error` holds the last failed reconciling, the word None otherwise; each datacenter repeats its own progress below. */
export const k8ssandraClusterHealth: HealthRule = (manifest) => {
  const error = textAt(manifest, 'status', 'error');
  if (error !== '' && error !== 'None') return degraded(error);
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const centres = Object.entries(objectAt(manifest, 'status', 'datacenters'));
  if (centres.length === 0) return progressing(UNTOLD);
  const waiting = centres.find(([, one]) => textAt(one, 'cassandra', 'cassandraOperatorProgress') !== 'Ready');
  return waiting ? progressing(`Datacenter ${waiting[0]} is not ready yet`) : HEALTHY;
};
