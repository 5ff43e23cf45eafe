import { byConditions } from '../../patterns.ts';
import { conditionOf, conditionText, degraded, type HealthRule } from '../../rule.ts';

const judge = byConditions({ ready: ['Ready'], busy: ['Issuing'], waitsFor: ['DoesNotExist'] });

/**
 * Issuing is True while it is issued and stays False, with the reason, after a failed try. A renewal that fails while the old
 * certificate is still good is a warning. The moment before the first issuing is progress; Argo CD calls it Degraded.
 */
export const certificateHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  const issuing = conditionOf(manifest, 'Issuing');
  if (issuing?.status !== 'False') return health;
  const cause = conditionText(issuing, 'no reason given');
  return health.status === 'Healthy'
    ? { status: 'Healthy', message: `Renewal failed: ${cause}` }
    : degraded(`Issuing failed: ${cause}`);
};
