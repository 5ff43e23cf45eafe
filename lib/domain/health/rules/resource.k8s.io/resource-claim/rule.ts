import { isObject, listAt, textAt, valueAt } from '../../../../resource/json.ts';
import { conditionsIn, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** Devices are given when the first pod asks for them; a driver may say of one that it is not ready. Argo CD has no rule. */
export const resourceClaimHealth: HealthRule = (manifest) => {
  if (!isObject(valueAt(manifest, 'status', 'allocation'))) return progressing('Waiting for a pod that uses it');
  for (const device of listAt(manifest, 'status', 'devices').filter(isObject)) {
    const unready = conditionsIn(device).find(({ type, status }) => type === 'Ready' && status === 'False');
    if (unready !== undefined) {
      return degraded(`Device ${textAt(device, 'device')} is not ready: ${conditionText(unready, 'no reason given')}`);
    }
  }
  return HEALTHY;
};
