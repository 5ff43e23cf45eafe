import { textAt } from '../../../../resource/json.ts';
import { byConditions } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule } from '../../rule.ts';

const judge = byConditions({ ready: ['Ready'], busy: ['Issuing'], waitsFor: ['DoesNotExist'] });

/**
 * status.lastFailureTime stands there only while the latest try is a failed one, whose reason is left in Issuing. A renewal that
 * fails while the old certificate is still good is a warning. The moment before the first issuing is progress; Argo CD calls it
 * Degraded.
 */
export const certificateHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  const issuing = conditionOf(manifest, 'Issuing');
  if (issuing?.status !== 'False' || textAt(manifest, 'status', 'lastFailureTime') === '') return health;
  const cause = conditionText(issuing, 'no reason given');
  return health.status === 'Healthy'
    ? { status: 'Healthy', message: `Renewal failed: ${cause}` }
    : degraded(`Issuing failed: ${cause}`);
};
