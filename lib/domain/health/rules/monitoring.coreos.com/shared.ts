import { isObject, listAt, textAt } from '../../../resource/json.ts';
import { byConditions } from '../patterns.ts';
import { conditionOf, conditionsIn, conditionText, degraded, type HealthRule, HEALTHY } from '../rule.ts';

const judge = byConditions({
  ready: ['Available'],
  waitsFor: ['SomePodsNotReady'],
  suspendedBy: ['spec', 'paused'],
});

/**
 * Available speaks of the pods, some of which may be starting (SomePodsNotReady, also with the status Degraded). Reconciled
 * False means that the newest spec cannot be applied although the old pods still run; Argo CD does not read it.
 */
export const operatedHealth: HealthRule = (manifest) => {
  const health = judge(manifest);
  const reconciled = conditionOf(manifest, 'Reconciled');
  if (health.status === 'Suspended' || health.status === 'Degraded' || reconciled?.status !== 'False') return health;
  return degraded(conditionText(reconciled, 'The newest spec cannot be applied'));
};

/**
 * Since the operator can write status.bindings (off by default), every Prometheus or Alertmanager that selects the object says
 * whether it accepts it; without them it is plain configuration.
 */
export const selectedHealth: HealthRule = (manifest) => {
  for (const binding of listAt(manifest, 'status', 'bindings').filter(isObject)) {
    const refused = conditionsIn(binding).find(({ type, status }) => type === 'Accepted' && status === 'False');
    if (refused === undefined) continue;
    const who = `${textAt(binding, 'resource')} ${textAt(binding, 'namespace')}/${textAt(binding, 'name')}`;
    return degraded(`Not accepted by ${who}: ${conditionText(refused, 'no reason given')}`);
  }
  return HEALTHY;
};
