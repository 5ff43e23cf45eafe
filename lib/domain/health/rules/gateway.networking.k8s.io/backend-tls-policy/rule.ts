import { conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';
import { freshReferences } from '../shared.ts';

/** Every controller in the cluster writes an entry; one that does not know the target (TargetNotFound) is not the one to ask. */
export const backendTLSPolicyHealth: HealthRule = (manifest) => {
  const asked = freshReferences(manifest, 'ancestors', 'ancestorRef').filter(
    ({ conditions }) => !conditions.some(({ type, reason }) => type === 'Accepted' && reason === 'TargetNotFound'),
  );
  for (const { conditions, who } of asked) {
    const failed = conditions.find(({ type, status }) => /^(Accepted|ResolvedRefs)$/.test(type) && status !== 'True');
    if (failed !== undefined) return degraded(`${who}${conditionText(failed, failed.type)}`);
  }
  return asked.length > 0 ? HEALTHY : progressing('Waiting for a gateway to accept the policy');
};
