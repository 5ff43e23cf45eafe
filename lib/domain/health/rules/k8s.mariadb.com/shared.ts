import { valueAt } from '../../../resource/json.ts';
import { byConditions, UNTOLD } from '../patterns.ts';
import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing, suspended } from '../rule.ts';

/** Users, grants and databases inside the server: not ready is a failure, its message says of what. */
export const mariaDBObjectHealth = byConditions({ ready: ['Ready'] });

/** Runs of a pod: `Complete` may be True for the reason JobFailed, so the reason and the message count as well. */
export const mariaDBRunHealth: HealthRule = (manifest) => {
  if (valueAt(manifest, 'spec', 'suspend') === true) return suspended('Suspended by a person');
  const complete = conditionOf(manifest, 'Complete');
  if (complete === undefined) return progressing(UNTOLD);
  if (complete.reason === 'JobFailed' || complete.message === 'Failed')
    return degraded(`Run failed: ${complete.reason}`);
  return complete.status === 'True' ? HEALTHY : progressing(conditionText(complete, 'Not complete yet'));
};
