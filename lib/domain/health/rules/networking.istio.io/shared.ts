import { isObject, listAt, textAt } from '../../../resource/json.ts';
import type { JsonObject } from '../../../resource/manifest.ts';
import { conditionOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../rule.ts';

/**
 * Plain configuration unless istiod is told to write a status (IstioStatus): validationMessages of its analysis, where an ERROR
 * is a failure and a WARNING is only told, and Reconciled once the proxies have it. Argo CD has no rule.
 */
export const istioHealth: HealthRule = (manifest) => {
  const found = listAt(manifest, 'status', 'validationMessages').filter(isObject);
  const error = found.find((one) => textAt(one, 'level').toUpperCase() === 'ERROR');
  if (error !== undefined) return degraded(`Istio finds an error: ${analysisText(error)}`);
  const distributed = conditionOf(manifest, 'Reconciled');
  if (distributed?.status === 'False') return progressing(conditionText(distributed, 'Waiting for the proxies'));
  const warning = found.find((one) => textAt(one, 'level').toUpperCase() === 'WARNING');
  return warning === undefined ? HEALTHY : { status: 'Healthy', message: `Istio warns: ${analysisText(warning)}` };
};

/** `IST0101 ReferencedResourceNotFound` */
function analysisText(message: JsonObject): string {
  const parts = [textAt(message, 'type', 'code'), textAt(message, 'type', 'name')];
  return parts.filter((part) => part !== '').join(' ') || 'no code given';
}
