import { byConditions } from '../../patterns.ts';
import { conditionOf, type HealthRule } from '../../rule.ts';

const byHealthy = byConditions({ ready: ['Healthy'], trouble: ['Stalled'], busy: ['Promoting'] });
const byReady = byConditions({ ready: ['Ready'], trouble: ['Stalled'], busy: ['Promoting'], failsWith: [] });

/** Healthy speaks of the applications it promotes to; a stage that only passes freight on has no more than Ready. */
export const stageHealth: HealthRule = (manifest) =>
  conditionOf(manifest, 'Healthy') === undefined ? byReady(manifest) : byHealthy(manifest);
