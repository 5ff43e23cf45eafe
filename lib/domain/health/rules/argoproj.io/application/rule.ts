import { textAt } from '../../../../resource/json.ts';
import { HEALTH_STATUSES, type HealthStatus } from '../../../status.ts';
import { conditionsOf, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/**
 * Argo CD writes the health of what the application manages; the object itself has no other. An error condition
 * (ComparisonError, InvalidSpecError, ...) tells why where Argo CD gives no message.
 */
export const applicationHealth: HealthRule = (manifest) => {
  const word = textAt(manifest, 'status', 'health', 'status');
  if (word === 'Healthy') return HEALTHY;
  if (word === '') return progressing('Waiting for Argo CD to look at the application');
  const error = conditionsOf(manifest).find(({ type, message }) => type.endsWith('Error') && message !== '');
  const message = textAt(manifest, 'status', 'health', 'message') || error?.message || `Argo CD says ${word}`;
  return { status: statusOf(word), message };
};

function statusOf(word: string): HealthStatus {
  return HEALTH_STATUSES.find((status) => status === word && status !== 'Terminating') ?? 'Unknown';
}
