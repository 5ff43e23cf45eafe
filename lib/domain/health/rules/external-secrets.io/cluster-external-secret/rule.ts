import { listAt, textAt } from '../../../../resource/json.ts';
import { conditionsOf, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/**
 * Older versions append one condition after another of Ready, PartiallyReady and NotReady, so the last decides; newer ones keep
 * Ready alone and set it False, which Argo CD takes for progress. The namespaces that failed are named.
 */
export const clusterExternalSecretHealth: HealthRule = (manifest) => {
  const last = conditionsOf(manifest).at(-1);
  if (last === undefined) return progressing('The controller has not reported yet');
  if (last.type === 'Ready' && last.status === 'True') return HEALTHY;
  const failing = last.type === 'Ready' ? last.status === 'False' : last.status === 'True';
  if (!failing) return progressing(conditionText(last, 'Not ready yet'));
  const namespaces = listAt(manifest, 'status', 'failedNamespaces').map((one) => textAt(one, 'namespace'));
  const where = namespaces.filter((name) => name !== '').join(', ');
  return degraded(`${conditionText(last, 'Not ready')}${where === '' ? '' : ` (${where})`}`);
};
